import '#components/ui/theme.css';
import { z } from 'zod';
import { ManagerPage } from '#components/shell/manager-page.tsx';
import { renderPage } from '#components/shell/page-root.tsx';
import { announceManager } from '#lib/platform/manager-tab.ts';

// The extension's content security policy forbids compiling code at run time.
z.config({ jitless: true });
void announceManager();
renderPage(<ManagerPage />);
