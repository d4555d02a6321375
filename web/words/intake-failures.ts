/** Why a file could not be read or written, and what to do about it. */
import { bytes, count } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const intakeFailuresWords = phrases(
  {
    'binary-file': {
      title: '这不是表格文件',
      xls: '这是旧版 Excel（.xls）。在 Excel 里另存为 .xlsx 或 CSV 再拖进来。',
      pdf: '这是 PDF。请从后台导出 CSV 或 Excel。',
      image: '这是一张图片，不是订单表。',
      archive: '这是压缩包，里面不是一张表。先解压，再拖里面的表格。',
      database: '这是数据库文件。请从后台导出 CSV 或 Excel。',
      'web-page': '这是网页，名字虽像表格。在 Excel 里打开，另存为 CSV 再拖进来。',
      unknown: '里面是二进制内容，名字虽像表格。请从后台重新导出 CSV 或 Excel。',
    },
    'empty-file': { title: '文件是空的', text: '里面一个字也没有。请重新导出一次。' },
    'too-large': (limit: number) => ({
      title: '工作簿太大',
      text: `Excel 文件最多 ${bytes(limit)}。在 Excel 里另存为 CSV，CSV 不限大小。`,
    }),
    'too-many-rows': (limit: number) => ({
      title: '行数太多',
      text: `一份文件最多 ${count(limit)} 行。按月份分几次导出就行，重叠的不会重复计入。`,
    }),
    'not-a-table': (line: number) => ({
      title: '读到一半不像表格了',
      text: `第${count(line)}行起没有换行。文件可能没下载完整，请重新导出。`,
    }),
    'workbook-unreadable': {
      title: '这份 Excel 打不开',
      text: '可能有密码或已损坏。在 Excel 里打开，另存为 CSV 再拖进来。',
    },
    'no-rows': { title: '没有数据行', text: '只找到表头，下面没有订单。' },
    'file-changed': { title: '文件读不下去了', text: '它可能被移动、改动或没下载完。重新选一次就好。' },
    'file-stalled': {
      title: '文件半天没有动静',
      text: '等了30秒，一个字也没读到。它可能在断开的网盘或U盘上：先复制到这台设备，再选一次。',
    },
    'engine-failed': (detail: string) => ({
      title: '没能写入',
      text: `这台设备写不下或被打断了（${detail}）。什么都没有计入，可以再试一次。`,
    }),
  },
  {
    'binary-file': {
      title: 'This is not a table',
      xls: 'It is an old Excel file (.xls). Save it as .xlsx or CSV in Excel and drop that.',
      pdf: 'It is a PDF. Export CSV or Excel from your shop instead.',
      image: 'It is a picture, not an order table.',
      archive: 'It is an archive whose content is no single table. Unpack it and drop the table inside.',
      database: 'It is a database file. Export CSV or Excel from your shop instead.',
      'web-page': 'It is a web page named as a table. Open it in Excel, save it as CSV and drop that.',
      unknown: 'Its content is binary, whatever its name says. Export CSV or Excel from your shop again.',
    },
    'empty-file': { title: 'The file is empty', text: 'There is not a letter in it. Export it again.' },
    'too-large': (limit) => ({
      title: 'The workbook is too large',
      text: `Excel files may have ${bytes(limit)} at most. Save it as CSV in Excel; CSV has no such limit.`,
    }),
    'too-many-rows': (limit) => ({
      title: 'Too many rows',
      text: `One file may have ${count(limit)} rows. Export by month; what overlaps is not counted twice.`,
    }),
    'not-a-table': (line) => ({
      title: 'It stops being a table',
      text: `From line ${count(line)} on there is no line break. The download may be incomplete; export it again.`,
    }),
    'workbook-unreadable': {
      title: 'This workbook does not open',
      text: 'It may have a password or be damaged. Open it in Excel, save as CSV and drop that.',
    },
    'no-rows': { title: 'No rows of data', text: 'There is a header and no order below it.' },
    'file-changed': {
      title: 'The file cannot be read on',
      text: 'It may have been moved, changed or not fully downloaded. Choose it again.',
    },
    'file-stalled': {
      title: 'The file stopped giving',
      text: 'Nothing came for 30 seconds. It may be on a drive that is gone: copy it to this device and choose it again.',
    },
    'engine-failed': (detail) => ({
      title: 'It could not be written',
      text: `This device has no room or was interrupted (${detail}). Nothing counts; you can try again.`,
    }),
  },
);
