/** The function of a Palo Alto firewall or a Panorama. */
import { panorama, panos } from '../firewalls/panos/connector.ts';
import { applyHandler } from './handler.ts';

export const handler = applyHandler(panos, panorama);
