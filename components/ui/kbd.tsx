/** Keys as they are printed on a keyboard; `then` stands between those pressed one after the other. */
export function Kbd({ parts }: { parts: readonly string[] }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {parts.map((part, at) =>
        part === 'then' ? (
          <span key={at} className="text-[12px] text-muted">
            then
          </span>
        ) : (
          <kbd
            key={at}
            className="inline-grid h-5 min-w-5 place-items-center rounded-sm border border-line bg-surface px-1 font-sans text-[12px] leading-none text-muted"
          >
            {part}
          </kbd>
        ),
      )}
    </span>
  );
}
