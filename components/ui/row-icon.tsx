import { memo } from 'react';
import { cn } from './cn.ts';

const shapes = {
  flag: (
    <path d="M4 22V4a1 1 0 0 1 .4-.8A6 6 0 0 1 8 2c3 0 5 2 7.333 2q2 0 3.067-.8A1 1 0 0 1 20 4v10a1 1 0 0 1-.4.8A6 6 0 0 1 16 16c-3 0-5-2-8-2a6 6 0 0 0-4 1.528" />
  ),
  pencil: (
    <path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z M15 5l4 4" />
  ),
  panel: <path d="M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z M15 3v18" />,
};

interface RowIconProps {
  shape: keyof typeof shapes;
  isFilled?: boolean;
  className?: string;
}

/** Icons of rows, in lucide's shapes: its own components take a quarter of the time that a screen of rows needs. */
export const RowIcon = memo(function RowIcon({ shape, isFilled = false, className }: RowIconProps) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className={cn(
        'stroke-current stroke-2 [stroke-linecap:round] [stroke-linejoin:round]',
        isFilled ? 'fill-current' : 'fill-none',
        className,
      )}
    >
      {shapes[shape]}
    </svg>
  );
});
