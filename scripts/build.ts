import { buildExtension } from './build-extension.ts';

const browser = process.argv[2] === 'firefox' ? 'firefox' : 'chrome';
const ebayOrigins = process.env['SELLERDEX_EBAY_ORIGINS'] ?? '';
const folder = await buildExtension({ browser, ebayOrigins, always: true });
process.stdout.write(`${folder}\n`);
