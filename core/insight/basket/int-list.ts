/** A list of 32-bit integers that grows; `values` is replaced when it does, so take it afresh after `reserve`. */
export class IntList {
  values = new Int32Array(64);
  size = 0;

  push(value: number): void {
    if (this.size === this.values.length) this.reserve(1);
    this.values[this.size++] = value;
  }

  /** Room for `more` beyond `size`. */
  reserve(more: number): void {
    const needed = this.size + more;
    if (needed <= this.values.length) return;
    const wider = new Int32Array(Math.max(needed, this.values.length * 2));
    wider.set(this.values);
    this.values = wider;
  }

  view(): Int32Array {
    return this.values.subarray(0, this.size);
  }
}
