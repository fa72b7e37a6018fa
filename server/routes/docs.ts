import type { App } from '#server/http/app-env.ts';
import { programVersion } from '#server/program-version.ts';
import { docsPage } from './docs-page.ts';

const about = `Errors are \`{"error":{"code","message","details"}}\`. Every call but sign-in sends \`Authorization: Bearer …\`;
\`POST /api/auth/sign-in/email {email,password}\` answers the token. \`X-Org-Id\` chooses one of several workspaces.`;

/** The API's own description, and a page that shows it without anything from elsewhere. */
export function registerDocsRoutes(app: App): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Sellerdex', version: programVersion, description: about },
    security: [{ bearer: [] }],
  });
  app.get('/docs', (context) => {
    context.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
    return context.html(
      docsPage(
        app.getOpenAPI31Document({
          openapi: '3.1.0',
          info: { title: 'Sellerdex', version: programVersion, description: about },
        }),
      ),
    );
  });
}
