import {
  ArrowDown as ArrowDownIcon,
  ArrowUp as ArrowUpIcon,
  BookOpenText as BookOpenTextIcon,
  Bookmark as BookmarkIcon,
  ChartNoAxesCombined as ChartNoAxesCombinedIcon,
  Check as CheckIcon,
  ChevronDown as ChevronDownIcon,
  CircleAlert as CircleAlertIcon,
  CloudOff as CloudOffIcon,
  Database as DatabaseIcon,
  Download as DownloadIcon,
  Flag as FlagIcon,
  FlagOff as FlagOffIcon,
  Keyboard as KeyboardIcon,
  ListChecks as ListChecksIcon,
  ListFilter as ListFilterIcon,
  Plus as PlusIcon,
  RefreshCw as RefreshCwIcon,
  Search as SearchIcon,
  Settings as SettingsIcon,
  Settings2 as Settings2Icon,
  Trash2 as Trash2Icon,
  Undo2 as Undo2Icon,
  Users as UsersIcon,
  X as XIcon,
} from 'lucide-react';
import { memo } from 'react';

// lucide puts an icon together anew each time: what is always on the screen is drawn once.
export const ArrowDown = memo(ArrowDownIcon);
export const ArrowUp = memo(ArrowUpIcon);
export const BookOpenText = memo(BookOpenTextIcon);
export const Bookmark = memo(BookmarkIcon);
export const ChartNoAxesCombined = memo(ChartNoAxesCombinedIcon);
export const Check = memo(CheckIcon);
export const ChevronDown = memo(ChevronDownIcon);
export const CircleAlert = memo(CircleAlertIcon);
export const CloudOff = memo(CloudOffIcon);
export const Database = memo(DatabaseIcon);
export const Download = memo(DownloadIcon);
export const Flag = memo(FlagIcon);
export const FlagOff = memo(FlagOffIcon);
export const Keyboard = memo(KeyboardIcon);
export const ListChecks = memo(ListChecksIcon);
export const ListFilter = memo(ListFilterIcon);
export const Plus = memo(PlusIcon);
export const RefreshCw = memo(RefreshCwIcon);
export const Search = memo(SearchIcon);
export const Settings = memo(SettingsIcon);
export const Settings2 = memo(Settings2Icon);
export const Trash2 = memo(Trash2Icon);
export const Undo2 = memo(Undo2Icon);
export const Users = memo(UsersIcon);
export const X = memo(XIcon);

// The others are there for a moment, or alone.
export {
  Ban,
  CalendarClock,
  ChevronRight,
  ChevronUp,
  ChevronsUpDown,
  CircleDashed,
  Clock,
  Copy,
  ExternalLink,
  FileUp,
  History,
  PanelRight,
  Pause,
  Pencil,
  Play,
  Plug,
  Repeat,
  RotateCcw,
  SearchX,
  StickyNote,
  Store,
  TriangleAlert,
} from 'lucide-react';
