/** Sealing: AES-256-GCM, the nonce before the sealed bytes. Opening damaged bytes, or with another key, gives null. */
const nonceBytes = 12;

export const seal = async (bytes: Uint8Array, key: CryptoKey): Promise<Uint8Array> => {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, own(bytes)));
  const whole = new Uint8Array(nonceBytes + sealed.length);
  whole.set(nonce);
  whole.set(sealed, nonceBytes);
  return whole;
};

export const openSealed = async (sealed: Uint8Array, key: CryptoKey): Promise<Uint8Array | null> => {
  const iv = own(sealed.subarray(0, nonceBytes));
  const bytes = own(sealed.subarray(nonceBytes));
  const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes).catch(() => null);
  return opened === null ? null : new Uint8Array(opened);
};

/** Web APIs refuse views of shared memory; nothing here ever is one. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
