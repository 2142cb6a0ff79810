/** Colours and type of the page (src/ui/styles/tokens.css), for a file that must stand alone. */
export const STYLE = `
:root{color-scheme:light dark;--bg:light-dark(#f5f5f2,#0d0f11);--panel:light-dark(#fff,#14171a);--line:light-dark(#e1e1dc,#272c31);
--ink:light-dark(#17191b,#e8eaec);--mute:light-dark(#5b6166,#a0a7ae);--good:light-dark(#13693d,#5ccb92);--warn:light-dark(#8a4b00,#e6ab57);--bad:light-dark(#b3261e,#f3948b)}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 -apple-system,"Segoe UI",Inter,Roboto,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1320px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:26px;letter-spacing:-.02em;margin:0;overflow-wrap:anywhere}h2{font-size:15px;margin:32px 0 10px}h3{font-size:13px;margin:16px 0 6px;color:var(--mute);font-weight:600}
p{margin:0}.sub{color:var(--mute);margin:2px 0 0}
.panel{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:14px 16px}
.panel+.panel{margin-top:12px}.columns .panel,.findings .panel{margin-top:0}
.findings{display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));gap:12px;list-style:none;margin:18px 0 0;padding:0}
.findings b{display:block;font-size:15px}.findings p{color:var(--mute)}.findings .claim{margin-top:6px;font-size:13px}
.pill{display:inline-block;border:1px solid;border-radius:99px;padding:0 8px;font-size:12px;font-weight:600;color:var(--mute)}.confirmed,.faster{color:var(--good)}.not-confirmed,.slower{color:var(--warn)}
.scroll{overflow-x:auto}.scroll:focus-visible{outline:2px solid currentColor}
svg.chart{display:block;width:100%;min-width:620px;max-width:980px;height:auto}
svg text{fill:var(--mute);font-size:12px}svg .end,svg .heading,svg .value{fill:var(--ink);font-weight:600}svg .value{font-weight:400}svg .end{fill:color-mix(in srgb,var(--c) 70%,var(--ink))}
.grid{stroke:var(--line)}.series{stroke:var(--c);fill:var(--c)}.series path{fill:none}.series .line{stroke-width:2}.dashed .line{stroke-width:1.3;stroke-dasharray:2 4}.series .over{stroke:var(--ink)}
.mark{fill:none;stroke:var(--c);stroke-width:1.8}line.limit{stroke:var(--bad);stroke-dasharray:6 4}svg text.limit{fill:var(--bad)}
table{border-collapse:collapse;width:100%;font-size:13px}caption{text-align:left;color:var(--mute);padding-bottom:6px}
th{font-weight:500;color:var(--mute);font-size:12px;text-align:left;vertical-align:bottom}th,td{padding:6px 10px;border-bottom:1px solid var(--line)}tr:last-child>*{border-bottom:0}
.right{text-align:right;white-space:nowrap}.ci{color:var(--mute);font-size:11px}td.workload,td.engine{white-space:nowrap}td.warnings{min-width:150px}.withheld{color:var(--mute)}
.wrong .outcome,.failed .outcome{color:var(--bad)}.unsupported .outcome,.interrupted .outcome{color:var(--warn)}
.dot{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:6px;background:var(--c)}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:12px}
.warnings{margin:0;padding-left:34px}
.software{margin:0 0 18px;padding:12px 16px;border:2px solid var(--bad);border-radius:8px;color:var(--bad);font-weight:700}
.watermarked{print-color-adjust:exact;-webkit-print-color-adjust:exact}.watermarked .panel{background:none}
@media print{:root{color-scheme:light}body{background-color:#fff}main{max-width:none;padding:0}.panel{break-inside:avoid}.scroll{overflow:visible}h2{break-after:avoid}svg.chart{min-width:0}}
`;

const TILE = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="190"><style>text{fill:#b3261e2e}@media(prefers-color-scheme:dark){text{fill:#f3948b33}}</style><text x="180" y="100" transform="rotate(-24 180 95)" text-anchor="middle" font-family="sans-serif" font-size="25" font-weight="700">SOFTWARE ADAPTER</text></svg>`;

/** Repeated diagonal text behind everything: no screenshot of the report can miss it. */
export const WATERMARK_STYLE = `.watermarked{background-image:url("data:image/svg+xml,${encodeURIComponent(TILE)}")}`;
