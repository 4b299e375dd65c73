/** The function of a Linux manager. One entry file per vendor: a function carries the code of its own vendor and of no other. */
import { linux } from '../firewalls/linux/index.ts';
import { applyHandler } from './handler.ts';

export const handler = applyHandler(linux);
