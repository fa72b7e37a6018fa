import { Toaster as Sonner } from 'sonner';

/** Where toasts appear; call `toast(…)` of sonner anywhere below it. */
export function Toaster({ theme = 'system' }: { theme?: 'light' | 'dark' | 'system' | undefined }) {
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      gap={8}
      // Above the status line.
      offset={{ bottom: 44, right: 16 }}
      mobileOffset={{ bottom: 100 }}
      toastOptions={{
        style: {
          background: 'var(--raised)',
          color: 'var(--foreground)',
          border: '1px solid var(--line)',
          borderRadius: 8,
          fontFamily: 'inherit',
          fontSize: 14,
        },
        actionButtonStyle: {
          background: 'transparent',
          color: 'var(--accent)',
          fontSize: 14,
          fontWeight: 600,
        },
      }}
    />
  );
}
