import { useSession } from '#components/shell/session.ts';
import { NotConnected } from './sellers-empty.tsx';
import { SellersList } from './sellers-list.tsx';

/** The page of sellers: `#/sellers?q=&sort=&filter=`. */
export function SellersPage() {
  const session = useSession();
  if (session.state === 'loading') return null;
  if (session.state === 'none') return <NotConnected />;
  const { workspace, status } = session;
  return <SellersList key={workspace.connection.store_key} workspace={workspace} attention={status?.attention ?? 0} />;
}
