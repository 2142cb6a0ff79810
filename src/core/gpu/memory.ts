/** Live and peak bytes of GPU buffers, and what was allocated and uploaded, for every user of a device. */
export class MemoryLedger {
  liveBytes = 0;
  peakBytes = 0;
  allocatedBytes = 0;
  uploadedBytes = 0;

  constructor(device: GPUDevice) {
    const createBuffer = device.createBuffer.bind(device);
    device.createBuffer = (descriptor) => {
      const buffer = createBuffer(descriptor);
      this.allocatedBytes += descriptor.size;
      this.liveBytes += descriptor.size;
      this.peakBytes = Math.max(this.peakBytes, this.liveBytes);
      const destroy = buffer.destroy.bind(buffer);
      let alive = true;
      buffer.destroy = () => {
        if (alive) this.liveBytes -= descriptor.size;
        alive = false;
        return destroy();
      };
      return buffer;
    };
    const { queue } = device;
    const writeBuffer = queue.writeBuffer.bind(queue);
    queue.writeBuffer = (buffer, offset, data, dataOffset, size) => {
      // `size` counts elements of a typed array and bytes of anything else (WebGPU, writeBuffer).
      const unit = 'BYTES_PER_ELEMENT' in data ? (data.BYTES_PER_ELEMENT as number) : 1;
      this.uploadedBytes += size === undefined ? data.byteLength - (dataOffset ?? 0) * unit : size * unit;
      writeBuffer(buffer, offset, data, dataOffset, size);
    };
  }

  /** The peak from here on. */
  resetPeak(): void {
    this.peakBytes = this.liveBytes;
  }
}
