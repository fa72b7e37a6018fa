type Words = readonly [string, ...string[]];
const words = (text: string): Words => text.split(' ') as unknown as Words;

/** Halves of usernames; no first half is the beginning of another pair's text, so names stay distinct. */
export const nameStarts = words(
  'sunny river maple urban golden rapid north south cedar prime lucky metro alpine coastal harbor vintage ' +
    'silver crystal pacific atlantic desert prairie summit valley canyon meadow velvet copper granite amber cobalt ' +
    'scarlet hidden honest direct modern classic global outlet family corner village country liberty eagle falcon ' +
    'tiger panda otter badger rocket turbo cosmic lunar solar magic happy clever bright swift humble',
);
export const nameEnds = words(
  'deals goods store trading market supply outfitters bazaar depot finds treasures warehouse emporium bargains ' +
    'closet garage gadgets parts tools books toys collectibles antiques merchants exchange liquidators wholesale ' +
    'imports surplus resale boutique kitchen garden hobby sports electronics media vault attic basement cellar ' +
    'barn shed shack stop shop mart hub zone world planet central express junction crossing station house team ' +
    'brothers sisters family57 guy lady dad mom',
);

export const brands = words(
  'Northfield Kestrel Amberline Tovala Brixham Ostara Lumeno Wendover Hollis Cartwell Pinecrest Varda Solenne ' +
    'Juniper Ridgeway Arcton Belmora Dunmore Elowen Fairhaven Glenrock Hartwin Ironbay Kinley Larkspur Marlowe',
);
export const qualities = words(
  'Compact Heavy-Duty Portable Adjustable Rechargeable Waterproof Stainless Foldable Premium Everyday Slim ' +
    'Professional Lightweight Extra-Large Quiet Cordless Reusable Magnetic Insulated Non-Slip',
);
export const kinds = words(
  'Set Kit Organizer Holder Stand Pack Refill Bundle Tool Case Cover Mount Tray Cleaner Adapter',
);
export const variants = words('Black White Grey Blue Red 2-Pack 3-Pack 6-Pack 12-Count Small Medium Large XL Mini Pro');
