/** A browsable category of Amazon's US best sellers; `node_id` is Amazon's browse node. */
export interface Category {
  readonly id: string;
  readonly name: string;
  readonly node_id: string;
}

export interface Department extends Category {
  readonly categories: readonly Category[];
}

type Entry = readonly [id: string, name: string, nodeId: string];

const department = (id: string, name: string, nodeId: string, entries: readonly Entry[]): Department => ({
  id,
  name,
  node_id: nodeId,
  categories: entries.map(([categoryId, categoryName, categoryNode]) => ({
    id: categoryId,
    name: categoryName,
    node_id: categoryNode,
  })),
});

/** Departments and categories with their browse nodes as Amazon's US best-seller pages name them (January 2026). */
export const departments: readonly Department[] = [
  department('appliances', 'Appliances', '2619526011', [
    ['appliances-cooktops', 'Cooktops', '3741261'],
    ['appliances-dishwashers', 'Dishwashers', '3741271'],
    ['appliances-freezers', 'Freezers', '3741281'],
    ['appliances-microwaves', 'Microwaves', '289935'],
    ['appliances-ranges', 'Ranges', '3741291'],
  ]),
  department('arts-crafts-sewing', 'Arts, Crafts & Sewing', '2617942011', [
    ['arts-beading', 'Beading & Jewelry Making', '262613011'],
    ['arts-craft-supplies', 'Craft Supplies', '12896161'],
    ['arts-fabric', 'Fabric', '12899121'],
    ['arts-knitting', 'Knitting & Crochet', '12897221'],
    ['arts-sewing', 'Sewing', '12899291'],
  ]),
  department('automotive', 'Automotive', '15690151', [
    ['auto-car-care', 'Car Care', '15718271'],
    ['auto-exterior-accessories', 'Exterior Accessories', '15718391'],
    ['auto-interior-accessories', 'Interior Accessories', '15718411'],
    ['auto-replacement-parts', 'Replacement Parts', '15719731'],
    ['auto-tools-equipment', 'Tools & Equipment', '15719921'],
  ]),
  department('baby', 'Baby', '165797011', [
    ['baby-activity-entertainment', 'Activity & Entertainment', '166763011'],
    ['baby-car-seats', 'Car Seats & Accessories', '166764011'],
    ['baby-diapering', 'Diapering', '166772011'],
    ['baby-feeding', 'Feeding', '166777011'],
    ['baby-nursery', 'Nursery', '695338011'],
  ]),
  department('beauty', 'Beauty & Personal Care', '11055981', [
    ['beauty-fragrance', 'Fragrance', '11056591'],
    ['beauty-hair-care', 'Hair Care', '11057241'],
    ['beauty-makeup', 'Makeup', '11058281'],
    ['beauty-skin-care', 'Skin Care', '11060451'],
    ['beauty-tools-accessories', 'Tools & Accessories', '11062741'],
  ]),
  department('electronics', 'Electronics', '493964', [
    ['electronics-accessories', 'Accessories & Supplies', '281407'],
    ['electronics-camera-photo', 'Camera & Photo', '502394'],
    ['electronics-computers', 'Computers & Accessories', '541966'],
    ['electronics-headphones', 'Headphones', '12097479011'],
    ['electronics-tv-video', 'Television & Video', '1266092011'],
  ]),
  department('grocery', 'Grocery & Gourmet Food', '16310211', [
    ['grocery-beverages', 'Beverages', '16310231'],
    ['grocery-breakfast', 'Breakfast Foods', '16310251'],
    ['grocery-candy-chocolate', 'Candy & Chocolate', '16310271'],
    ['grocery-snacks', 'Snack Foods', '16310391'],
    ['grocery-pantry-staples', 'Pantry Staples', '16310361'],
  ]),
  department('health', 'Health & Personal Care', '3760931', [
    ['health-medical-supplies', 'Medical Supplies & Equipment', '3775181'],
    ['health-personal-care', 'Personal Care', '3777891'],
    ['health-vitamins', 'Vitamins & Dietary Supplements', '3764441'],
    ['health-wellness', 'Health & Wellness', '3773931'],
    ['health-household', 'Household Supplies', '15342821'],
  ]),
  department('home-kitchen', 'Home & Kitchen', '1063498', [
    ['home-bath', 'Bath', '1063280'],
    ['home-bedding', 'Bedding', '1063252'],
    ['home-furniture', 'Furniture', '1063306'],
    ['home-kitchen-dining', 'Kitchen & Dining', '284507'],
    ['home-storage', 'Storage & Organization', '511364'],
  ]),
  department('industrial', 'Industrial & Scientific', '16310161', [
    ['industrial-additive-mfg', 'Additive Manufacturing Products', '6066127011'],
    ['industrial-fasteners', 'Fasteners', '16310181'],
    ['industrial-lab-scientific', 'Lab & Scientific Products', '317970011'],
    ['industrial-material-handling', 'Material Handling Products', '256348011'],
    ['industrial-safety', 'Occupational Health & Safety Products', '318135011'],
  ]),
  department('office', 'Office Products', '1084128', [
    ['office-desk-accessories', 'Desk Accessories & Workspace Organizers', '1069456'],
    ['office-electronics', 'Office Electronics', '172574'],
    ['office-furniture', 'Office Furniture & Lighting', '1069166'],
    ['office-school-supplies', 'Office & School Supplies', '1084744'],
    ['office-writing', 'Writing & Correction Supplies', '1069818'],
  ]),
  department('pet-supplies', 'Pet Supplies', '2619534011', [
    ['pet-birds', 'Birds', '2975313011'],
    ['pet-cats', 'Cats', '2975241011'],
    ['pet-dogs', 'Dogs', '2975312011'],
    ['pet-fish', 'Fish & Aquatic Pets', '2975429011'],
    ['pet-small-animals', 'Small Animals', '2975446011'],
  ]),
  department('sports-outdoors', 'Sports & Outdoors', '3375301', [
    ['sports-exercise-fitness', 'Exercise & Fitness', '3407731'],
    ['sports-outdoor-recreation', 'Outdoor Recreation', '706814011'],
    ['sports-sports-fitness', 'Sports', '3375251'],
    ['sports-fan-shop', 'Fan Shop', '3386071'],
    ['sports-hunting-fishing', 'Hunting & Fishing', '3400371'],
  ]),
  department('tools', 'Tools & Home Improvement', '468240', [
    ['tools-building-supplies', 'Building Supplies', '551240'],
    ['tools-electrical', 'Electrical', '495266'],
    ['tools-hardware', 'Hardware', '511228'],
    ['tools-paint', 'Painting Supplies & Wall Treatments', '3180271'],
    ['tools-power-hand', 'Power & Hand Tools', '328182011'],
  ]),
  department('toys-games', 'Toys & Games', '165795011', [
    ['toys-action-figures', 'Action Figures & Statues', '166508011'],
    ['toys-arts-crafts', 'Arts & Crafts', '166155011'],
    ['toys-building-toys', 'Building Toys', '166092011'],
    ['toys-dolls-accessories', 'Dolls & Accessories', '166250011'],
    ['toys-games', 'Games', '166220011'],
  ]),
];

const byId = new Map(
  departments.flatMap((each) => each.categories.map((category) => [category.id, { category, department: each }])),
);

/** The category of that id and its department, or undefined. */
export function findCategory(id: string): { category: Category; department: Department } | undefined {
  return byId.get(id);
}
