/** Put in by the build (vite.config.ts): the version of this lab. */
declare const __ROOFLAB_VERSION__: string;
/** Put in by the build: the version of onnxruntime-web that is served. */
declare const __ORT_VERSION__: string;
