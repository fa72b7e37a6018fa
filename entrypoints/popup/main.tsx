import '#components/ui/theme.css';
import { z } from 'zod';
import { renderPage } from '#components/shell/page-root.tsx';
import { Popup } from './popup.tsx';

// The extension's content security policy forbids compiling code at run time.
z.config({ jitless: true });
renderPage(<Popup />);
