import { useWorkspace } from '#components/shell/session.ts';
import { SellersList } from './sellers-list.tsx';

/** The page of sellers: `#/sellers?q=&sort=&filter=`. For a connected workspace. */
export function SellersPage() {
  const workspace = useWorkspace();
  return <SellersList key={workspace.connection.store_key} workspace={workspace} />;
}
