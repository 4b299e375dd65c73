import type { felix as all } from './felix.js';

export declare const felix: Pick<typeof all, 'ActivePolicyUpdate' | 'HostEndpointUpdate' | 'HostMetadataUpdate' | 'HostMetadataV4V6Update' | 'HostMetadataV6Update' | 'IPAMPoolUpdate' | 'IPSetUpdate' | 'NamespaceUpdate' | 'PolicyID' | 'Rule' | 'ServiceUpdate'>;
