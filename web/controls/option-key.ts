/** What the Alt key is called on the keyboard in front of the person, ready to stand before another key. */
export const optionKey = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌥' : 'Alt ';
