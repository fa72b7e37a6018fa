import { playHistories } from './play-histories.ts';

playHistories(2);
