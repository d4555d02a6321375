/** The page by which a tablet comes to trust this machine. Plain HTML without a script: it is shown over plain HTTP. */
import { renderSVG } from 'uqr';
import { trustWords } from './trust-page.data.ts';

export type TrustLanguage = keyof typeof trustWords;

export interface TrustPage {
  readonly language: TrustLanguage;
  /** This page's own address, for the tablet's camera. */
  readonly pageAddress: string;
  /** The app over HTTPS. */
  readonly appAddress: string;
  readonly fingerprint: string;
}

export const renderTrustPage = ({ language, pageAddress, appAddress, fingerprint }: TrustPage): string => {
  const words = trustWords[language];
  const otherLanguage: TrustLanguage = language === 'en' ? 'zh-CN' : 'en';
  const devices = words.devices.map(
    ({ name, steps }) =>
      `<section><h2>${escape(name)}</h2><ol>${steps.map((step) => `<li>${escape(step)}</li>`).join('')}</ol></section>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(words.title)}</title>
<link rel="stylesheet" href="/trust/style.css">
</head>
<body>
<main>
<header><h1>${escape(words.title)}</h1><a href="/trust?language=${otherLanguage}" lang="${otherLanguage}">${escape(words.other)}</a></header>
<p>${escape(words.lead)}</p>
<div class="start">
<div class="code" role="img" aria-label="${escape(pageAddress)}">${renderSVG(pageAddress, { border: 0 })}</div>
<div>
<p>${escape(words.scan)}</p>
<a class="button" href="/trust/larder-ca.crt">${escape(words.download)}</a>
<p>${escape(words.fingerprint)}</p>
<p class="fingerprint">${escape(fingerprint)}</p>
</div>
</div>
${devices.join('\n')}
<section><h2>${escape(words.then)}</h2><p><a class="address" href="${escape(appAddress)}">${escape(appAddress)}</a></p></section>
<p>${escape(words.undo)}</p>
</main>
</body>
</html>
`;
};

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
