import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface Tab<T extends string> {
  value: T;
  label: string;
  content: ReactNode;
}

interface TabsProps<T extends string> {
  /** What the tabs choose between. */
  label: string;
  value: T;
  onValueChange: (value: T) => void;
  tabs: readonly Tab<T>[];
  className?: string | undefined;
}

export function Tabs<T extends string>({ label, value, onValueChange, tabs, className }: TabsProps<T>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next: T) => onValueChange(next)}
      className={cn('flex min-h-0 flex-col', className)}
    >
      <Base.List aria-label={label} className="flex gap-4 border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px border-b-2 border-transparent px-0.5 pb-1.5 text-muted hover:text-foreground data-active:border-accent data-active:font-medium data-active:text-foreground"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="min-h-0 flex-1 pt-3 outline-none">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
