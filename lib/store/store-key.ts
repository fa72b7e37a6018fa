/** Names the databases of one server, account and workspace: 20 hexadecimal digits. */
export async function storeKeyOf(server: string, userId: string, orgId: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode([server, userId, orgId].join('\n')));
  return Array.from(new Uint8Array(digest, 0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
