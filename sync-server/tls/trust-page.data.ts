/** The words of the trust page, which is shown before the app can be. Written for Larder, 2026-11. */
export const trustWords = {
  'zh-CN': {
    title: '让这台设备信任 Larder',
    lead: '平板要先认得这台电脑的证书，才能装成应用、离线使用。每台设备只做一次，约一分钟。',
    scan: '用平板的相机扫这个码，在平板上打开本页',
    download: '下载证书',
    fingerprint: '装之前核对指纹（SHA-256）',
    then: '装好后打开',
    other: 'English',
    devices: [
      {
        name: 'iPad 与 iPhone',
        steps: [
          '用 Safari 打开本页，点“下载证书”，选“允许”。',
          '打开“设置”，点顶部的“已下载描述文件”，点“安装”。',
          '回到“设置” › “通用” › “关于本机” › “证书信任设置”，打开 Larder 那一行的开关。',
          '打开下面的地址，点分享按钮，选“添加到主屏幕”。',
        ],
      },
      {
        name: 'Android',
        steps: [
          '点“下载证书”。',
          '打开“设置” › “安全” › “更多安全设置” › “加密与凭据” › “安装证书” › “CA 证书”（各品牌叫法略有不同，可在设置里搜“证书”）。',
          '系统会提醒网络可能被监控，点“仍然安装”，选刚下载的 larder-ca.crt。',
          '用 Chrome 打开下面的地址，在菜单里选“安装应用”。',
        ],
      },
      {
        name: 'Windows',
        steps: [
          '点“下载证书”，打开下载的 larder-ca.crt，点“安装证书”。',
          '存储位置选“当前用户”，点“下一步”。',
          '选“将所有的证书都放入下列存储”，点“浏览”，选“受信任的根证书颁发机构”，完成后点“是”。',
          '重启浏览器，打开下面的地址。',
        ],
      },
    ],
    undo: '不再使用时，在同一处把 Larder 的证书删掉即可。',
  },
  en: {
    title: 'Let this device trust Larder',
    lead: 'A tablet has to know this computer’s certificate before it can install the app and work offline. Once per device, about a minute.',
    scan: 'Scan with the tablet’s camera to open this page there',
    download: 'Download the certificate',
    fingerprint: 'Compare the fingerprint before you install (SHA-256)',
    then: 'Then open',
    other: '中文',
    devices: [
      {
        name: 'iPad and iPhone',
        steps: [
          'Open this page in Safari, tap “Download the certificate”, then “Allow”.',
          'Open Settings, tap “Profile Downloaded” at the top, then “Install”.',
          'Go to Settings › General › About › Certificate Trust Settings and switch on the line that names Larder.',
          'Open the address below, tap the share button, then “Add to Home Screen”.',
        ],
      },
      {
        name: 'Android',
        steps: [
          'Tap “Download the certificate”.',
          'Open Settings › Security › More security settings › Encryption & credentials › Install a certificate › CA certificate (names differ by maker; search the settings for “certificate”).',
          'The system warns that the network may be monitored: tap “Install anyway” and choose larder-ca.crt.',
          'Open the address below in Chrome and choose “Install app” in its menu.',
        ],
      },
      {
        name: 'Windows',
        steps: [
          'Click “Download the certificate”, open larder-ca.crt, then “Install Certificate”.',
          'Choose “Current User”, then “Next”.',
          'Choose “Place all certificates in the following store”, browse to “Trusted Root Certification Authorities”, finish and answer “Yes”.',
          'Restart the browser and open the address below.',
        ],
      },
    ],
    undo: 'To take it back, delete Larder’s certificate in the same place.',
  },
} as const;

export const trustStyle = `
:root { color-scheme: light dark; --page: #f7f5f1; --surface: #ffffff; --line: #e5e0d8; --ink: #22201c; --ink-2: #55504a; --accent: #0b6a5c; --on-accent: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --page: #141210; --surface: #1e1b19; --line: #35302b; --ink: #f3efea; --ink-2: #c2bab0; --accent: #5cc9b4; --on-accent: #10201c; } }
* { box-sizing: border-box; margin: 0; }
body { font: 400 16px/26px -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; color: var(--ink); background: var(--page); overflow-wrap: break-word; }
body:lang(en) { font-family: -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 40px 24px 56px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 24px; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 16px; }
h1 { font-size: 24px; line-height: 32px; font-weight: 600; }
h2 { font-size: 18px; line-height: 26px; font-weight: 600; }
p, li { color: var(--ink-2); }
a { color: var(--accent); }
header a { display: inline-flex; align-items: center; min-height: 44px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.start { display: flex; flex-wrap: wrap; gap: 24px; align-items: center; }
.code { background: #ffffff; border: 1px solid var(--line); border-radius: 12px; padding: 24px; width: 212px; }
.code svg { display: block; width: 100%; height: auto; }
.start > div:last-child { flex: 1 1 280px; min-width: 0; display: grid; gap: 12px; justify-items: start; }
.button { display: inline-flex; align-items: center; min-height: 44px; padding: 0 20px; border-radius: 8px; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
.fingerprint { font: 13px/20px ui-monospace, Consolas, monospace; color: var(--ink); overflow-wrap: anywhere; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px; display: grid; gap: 12px; }
ol { padding-left: 24px; display: grid; gap: 6px; }
.address { font-size: 18px; font-weight: 600; }
`;
