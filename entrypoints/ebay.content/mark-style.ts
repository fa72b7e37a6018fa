/**
 * Every mark and the toolbar have one size whatever they show, and clip what they hold: a page that measures
 * or probes them learns nothing of their state. The host of a mark takes no room in the page's line.
 * Counts are drawn by CSS: `window.find` looks into closed roots, but not at generated text.
 * Pixels only: eBay sets the root's font size, and rem would follow it.
 */
export const overlayStyle = `
:host{all:initial!important;font:inherit!important;line-height:0!important;position:relative!important;display:inline!important}
:host(sellerdex-toolbar){display:block!important;position:static!important;height:0!important}
.mark,.bar{--back:#fff;--front:#191919;--quiet:#5c6066;--line:#c7cbd1;--over:#eef1f5;--new:#0b57d0;--flag:#b3261e;--flag-back:#fdeceb;
font:12px/16px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;font-variant-numeric:tabular-nums;color:var(--front);
user-select:none;-webkit-user-select:none;box-sizing:border-box;contain:strict;cursor:default;text-align:left;letter-spacing:normal;text-transform:none;white-space:nowrap}
.dark{--back:#1d2024;--front:#eceef1;--quiet:#a9afb8;--line:#4a5058;--over:#2d3238;--new:#8ab4f8;--flag:#ff8a80;--flag-back:#442022}
.mark{position:absolute;left:4px;top:50%;width:46px;height:18px;margin-top:-9px;z-index:2;display:flex;gap:2px;background:var(--back);border-radius:4px}
button{all:unset;box-sizing:border-box;cursor:pointer;color:var(--quiet);border-radius:4px;display:inline-flex;align-items:center;justify-content:center}
button:hover{background:var(--over);color:var(--front)}
button:focus-visible{outline:2px solid var(--new);outline-offset:-2px}
button[disabled]{opacity:.5;cursor:default;background:none}
.mark button{flex:none;width:18px;height:18px;border:1px solid var(--line)}
.mark .add{width:26px;color:var(--new);border-color:var(--new)}
.mark svg{width:12px;height:12px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;pointer-events:none}
.mark .times{flex:none;width:26px;height:18px;line-height:18px;font-size:11px;text-align:center;color:var(--quiet);overflow:hidden}
.flagged .flag{color:var(--flag);border-color:var(--flag);background:var(--flag-back)}
.flagged .flag svg{fill:currentColor}
.bar{position:fixed;right:12px;bottom:12px;width:min(340px,calc(100vw - 24px));height:40px;z-index:2147483000;display:flex;align-items:center;gap:8px;padding:0 8px 0 12px;
background:var(--back);border:1px solid var(--line);border-radius:8px;font-size:13px}
.bar .text{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis}
.bar button{flex:none;height:26px;padding:0 10px;border:1px solid var(--line);color:var(--front)}
[data-text]::before{content:attr(data-text)}
.error{color:var(--flag)}
[hidden]{display:none!important}
`;
