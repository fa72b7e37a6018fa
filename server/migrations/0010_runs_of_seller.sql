-- Which runs saw a seller.
create index collection_items_seller on collection_items (org_id, seller_id, created_at) where seller_id is not null;
