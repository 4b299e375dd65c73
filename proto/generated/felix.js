/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["cextfire-felix"] || ($protobuf.roots["cextfire-felix"] = {});

export const felix = $root.felix = (() => {

    /**
     * Namespace felix.
     * @exports felix
     * @namespace
     */
    const felix = {};

    felix.ToDataplane = (function() {

        /**
         * Properties of a ToDataplane.
         * @typedef {Object} felix.ToDataplane.$Properties
         * @property {number|null} [sequenceNumber] ToDataplane sequenceNumber
         * @property {felix.InSync.$Properties|null} [inSync] ToDataplane inSync
         * @property {felix.IPSetUpdate.$Properties|null} [ipsetUpdate] ToDataplane ipsetUpdate
         * @property {felix.IPSetDeltaUpdate.$Properties|null} [ipsetDeltaUpdate] ToDataplane ipsetDeltaUpdate
         * @property {felix.IPSetRemove.$Properties|null} [ipsetRemove] ToDataplane ipsetRemove
         * @property {Uint8Array|null} [activeProfileUpdate] ToDataplane activeProfileUpdate
         * @property {Uint8Array|null} [activeProfileRemove] ToDataplane activeProfileRemove
         * @property {felix.ActivePolicyUpdate.$Properties|null} [activePolicyUpdate] ToDataplane activePolicyUpdate
         * @property {felix.ActivePolicyRemove.$Properties|null} [activePolicyRemove] ToDataplane activePolicyRemove
         * @property {felix.HostEndpointUpdate.$Properties|null} [hostEndpointUpdate] ToDataplane hostEndpointUpdate
         * @property {felix.HostEndpointRemove.$Properties|null} [hostEndpointRemove] ToDataplane hostEndpointRemove
         * @property {Uint8Array|null} [workloadEndpointUpdate] ToDataplane workloadEndpointUpdate
         * @property {Uint8Array|null} [workloadEndpointRemove] ToDataplane workloadEndpointRemove
         * @property {felix.ConfigUpdate.$Properties|null} [configUpdate] ToDataplane configUpdate
         * @property {felix.HostMetadataUpdate.$Properties|null} [hostMetadataUpdate] ToDataplane hostMetadataUpdate
         * @property {felix.IPAMPoolUpdate.$Properties|null} [ipamPoolUpdate] ToDataplane ipamPoolUpdate
         * @property {felix.IPAMPoolRemove.$Properties|null} [ipamPoolRemove] ToDataplane ipamPoolRemove
         * @property {felix.HostMetadataRemove.$Properties|null} [hostMetadataRemove] ToDataplane hostMetadataRemove
         * @property {Uint8Array|null} [serviceAccountUpdate] ToDataplane serviceAccountUpdate
         * @property {Uint8Array|null} [serviceAccountRemove] ToDataplane serviceAccountRemove
         * @property {felix.NamespaceUpdate.$Properties|null} [namespaceUpdate] ToDataplane namespaceUpdate
         * @property {felix.NamespaceRemove.$Properties|null} [namespaceRemove] ToDataplane namespaceRemove
         * @property {Uint8Array|null} [routeUpdate] ToDataplane routeUpdate
         * @property {Uint8Array|null} [routeRemove] ToDataplane routeRemove
         * @property {Uint8Array|null} [vtepUpdate] ToDataplane vtepUpdate
         * @property {Uint8Array|null} [vtepRemove] ToDataplane vtepRemove
         * @property {Uint8Array|null} [wireguardEndpointUpdate] ToDataplane wireguardEndpointUpdate
         * @property {Uint8Array|null} [wireguardEndpointRemove] ToDataplane wireguardEndpointRemove
         * @property {Uint8Array|null} [globalBgpConfigUpdate] ToDataplane globalBgpConfigUpdate
         * @property {Uint8Array|null} [encapsulation] ToDataplane encapsulation
         * @property {felix.ServiceUpdate.$Properties|null} [serviceUpdate] ToDataplane serviceUpdate
         * @property {felix.ServiceRemove.$Properties|null} [serviceRemove] ToDataplane serviceRemove
         * @property {Uint8Array|null} [wireguardEndpointV6Update] ToDataplane wireguardEndpointV6Update
         * @property {Uint8Array|null} [wireguardEndpointV6Remove] ToDataplane wireguardEndpointV6Remove
         * @property {felix.HostMetadataV6Update.$Properties|null} [hostMetadataV6Update] ToDataplane hostMetadataV6Update
         * @property {felix.HostMetadataRemove.$Properties|null} [hostMetadataV6Remove] ToDataplane hostMetadataV6Remove
         * @property {felix.HostMetadataV4V6Update.$Properties|null} [hostMetadataV4v6Update] ToDataplane hostMetadataV4v6Update
         * @property {felix.HostMetadataRemove.$Properties|null} [hostMetadataV4v6Remove] ToDataplane hostMetadataV4v6Remove
         * @property {"inSync"|"ipsetUpdate"|"ipsetDeltaUpdate"|"ipsetRemove"|"activeProfileUpdate"|"activeProfileRemove"|"activePolicyUpdate"|"activePolicyRemove"|"hostEndpointUpdate"|"hostEndpointRemove"|"workloadEndpointUpdate"|"workloadEndpointRemove"|"configUpdate"|"hostMetadataUpdate"|"ipamPoolUpdate"|"ipamPoolRemove"|"hostMetadataRemove"|"serviceAccountUpdate"|"serviceAccountRemove"|"namespaceUpdate"|"namespaceRemove"|"routeUpdate"|"routeRemove"|"vtepUpdate"|"vtepRemove"|"wireguardEndpointUpdate"|"wireguardEndpointRemove"|"globalBgpConfigUpdate"|"encapsulation"|"serviceUpdate"|"serviceRemove"|"wireguardEndpointV6Update"|"wireguardEndpointV6Remove"|"hostMetadataV6Update"|"hostMetadataV6Remove"|"hostMetadataV4v6Update"|"hostMetadataV4v6Remove"} [payload] ToDataplane payload
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ToDataplane.
         * @memberof felix
         * @interface IToDataplane
         * @augments felix.ToDataplane.$Properties
         * @deprecated Use felix.ToDataplane.$Properties instead.
         */

        /**
         * Narrowed shape of a ToDataplane.
         * @typedef {{
         *   sequenceNumber?: number|null;
         *   inSync?: felix.InSync.$Shape|null;
         *   ipsetUpdate?: felix.IPSetUpdate.$Shape|null;
         *   ipsetDeltaUpdate?: felix.IPSetDeltaUpdate.$Shape|null;
         *   ipsetRemove?: felix.IPSetRemove.$Shape|null;
         *   activeProfileUpdate?: Uint8Array|null;
         *   activeProfileRemove?: Uint8Array|null;
         *   activePolicyUpdate?: felix.ActivePolicyUpdate.$Shape|null;
         *   activePolicyRemove?: felix.ActivePolicyRemove.$Shape|null;
         *   hostEndpointUpdate?: felix.HostEndpointUpdate.$Shape|null;
         *   hostEndpointRemove?: felix.HostEndpointRemove.$Shape|null;
         *   workloadEndpointUpdate?: Uint8Array|null;
         *   workloadEndpointRemove?: Uint8Array|null;
         *   configUpdate?: felix.ConfigUpdate.$Shape|null;
         *   hostMetadataUpdate?: felix.HostMetadataUpdate.$Shape|null;
         *   ipamPoolUpdate?: felix.IPAMPoolUpdate.$Shape|null;
         *   ipamPoolRemove?: felix.IPAMPoolRemove.$Shape|null;
         *   hostMetadataRemove?: felix.HostMetadataRemove.$Shape|null;
         *   serviceAccountUpdate?: Uint8Array|null;
         *   serviceAccountRemove?: Uint8Array|null;
         *   namespaceUpdate?: felix.NamespaceUpdate.$Shape|null;
         *   namespaceRemove?: felix.NamespaceRemove.$Shape|null;
         *   routeUpdate?: Uint8Array|null;
         *   routeRemove?: Uint8Array|null;
         *   vtepUpdate?: Uint8Array|null;
         *   vtepRemove?: Uint8Array|null;
         *   wireguardEndpointUpdate?: Uint8Array|null;
         *   wireguardEndpointRemove?: Uint8Array|null;
         *   globalBgpConfigUpdate?: Uint8Array|null;
         *   encapsulation?: Uint8Array|null;
         *   serviceUpdate?: felix.ServiceUpdate.$Shape|null;
         *   serviceRemove?: felix.ServiceRemove.$Shape|null;
         *   wireguardEndpointV6Update?: Uint8Array|null;
         *   wireguardEndpointV6Remove?: Uint8Array|null;
         *   hostMetadataV6Update?: felix.HostMetadataV6Update.$Shape|null;
         *   hostMetadataV6Remove?: felix.HostMetadataRemove.$Shape|null;
         *   hostMetadataV4v6Update?: felix.HostMetadataV4V6Update.$Shape|null;
         *   hostMetadataV4v6Remove?: felix.HostMetadataRemove.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ payload?: undefined; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "inSync"; inSync: felix.InSync.$Shape; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipsetUpdate"; inSync?: null; ipsetUpdate: felix.IPSetUpdate.$Shape; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipsetDeltaUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate: felix.IPSetDeltaUpdate.$Shape; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipsetRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove: felix.IPSetRemove.$Shape; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "activeProfileUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate: Uint8Array; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "activeProfileRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove: Uint8Array; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "activePolicyUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate: felix.ActivePolicyUpdate.$Shape; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "activePolicyRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove: felix.ActivePolicyRemove.$Shape; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostEndpointUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate: felix.HostEndpointUpdate.$Shape; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostEndpointRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove: felix.HostEndpointRemove.$Shape; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "workloadEndpointUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate: Uint8Array; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "workloadEndpointRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove: Uint8Array; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "configUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate: felix.ConfigUpdate.$Shape; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate: felix.HostMetadataUpdate.$Shape; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipamPoolUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate: felix.IPAMPoolUpdate.$Shape; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipamPoolRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove: felix.IPAMPoolRemove.$Shape; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove: felix.HostMetadataRemove.$Shape; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "serviceAccountUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate: Uint8Array; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "serviceAccountRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove: Uint8Array; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "namespaceUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate: felix.NamespaceUpdate.$Shape; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "namespaceRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove: felix.NamespaceRemove.$Shape; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "routeUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate: Uint8Array; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "routeRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove: Uint8Array; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "vtepUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate: Uint8Array; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "vtepRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove: Uint8Array; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "wireguardEndpointUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate: Uint8Array; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "wireguardEndpointRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove: Uint8Array; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "globalBgpConfigUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate: Uint8Array; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "encapsulation"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation: Uint8Array; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "serviceUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate: felix.ServiceUpdate.$Shape; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "serviceRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove: felix.ServiceRemove.$Shape; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "wireguardEndpointV6Update"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update: Uint8Array; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "wireguardEndpointV6Remove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove: Uint8Array; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataV6Update"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update: felix.HostMetadataV6Update.$Shape; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataV6Remove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove: felix.HostMetadataRemove.$Shape; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataV4v6Update"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update: felix.HostMetadataV4V6Update.$Shape; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataV4v6Remove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove: felix.HostMetadataRemove.$Shape })
         * )} felix.ToDataplane.$Shape
         */

        /**
         * Constructs a new ToDataplane.
         * @memberof felix
         * @classdesc Represents a ToDataplane.
         * @constructor
         * @param {felix.ToDataplane.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ToDataplane = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ToDataplane sequenceNumber.
         * @member {number} sequenceNumber
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.sequenceNumber = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ToDataplane inSync.
         * @member {felix.InSync.$Properties|null|undefined} inSync
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.inSync = null;

        /**
         * ToDataplane ipsetUpdate.
         * @member {felix.IPSetUpdate.$Properties|null|undefined} ipsetUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.ipsetUpdate = null;

        /**
         * ToDataplane ipsetDeltaUpdate.
         * @member {felix.IPSetDeltaUpdate.$Properties|null|undefined} ipsetDeltaUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.ipsetDeltaUpdate = null;

        /**
         * ToDataplane ipsetRemove.
         * @member {felix.IPSetRemove.$Properties|null|undefined} ipsetRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.ipsetRemove = null;

        /**
         * ToDataplane activeProfileUpdate.
         * @member {Uint8Array|null|undefined} activeProfileUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.activeProfileUpdate = null;

        /**
         * ToDataplane activeProfileRemove.
         * @member {Uint8Array|null|undefined} activeProfileRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.activeProfileRemove = null;

        /**
         * ToDataplane activePolicyUpdate.
         * @member {felix.ActivePolicyUpdate.$Properties|null|undefined} activePolicyUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.activePolicyUpdate = null;

        /**
         * ToDataplane activePolicyRemove.
         * @member {felix.ActivePolicyRemove.$Properties|null|undefined} activePolicyRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.activePolicyRemove = null;

        /**
         * ToDataplane hostEndpointUpdate.
         * @member {felix.HostEndpointUpdate.$Properties|null|undefined} hostEndpointUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.hostEndpointUpdate = null;

        /**
         * ToDataplane hostEndpointRemove.
         * @member {felix.HostEndpointRemove.$Properties|null|undefined} hostEndpointRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.hostEndpointRemove = null;

        /**
         * ToDataplane workloadEndpointUpdate.
         * @member {Uint8Array|null|undefined} workloadEndpointUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.workloadEndpointUpdate = null;

        /**
         * ToDataplane workloadEndpointRemove.
         * @member {Uint8Array|null|undefined} workloadEndpointRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.workloadEndpointRemove = null;

        /**
         * ToDataplane configUpdate.
         * @member {felix.ConfigUpdate.$Properties|null|undefined} configUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.configUpdate = null;

        /**
         * ToDataplane hostMetadataUpdate.
         * @member {felix.HostMetadataUpdate.$Properties|null|undefined} hostMetadataUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.hostMetadataUpdate = null;

        /**
         * ToDataplane ipamPoolUpdate.
         * @member {felix.IPAMPoolUpdate.$Properties|null|undefined} ipamPoolUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.ipamPoolUpdate = null;

        /**
         * ToDataplane ipamPoolRemove.
         * @member {felix.IPAMPoolRemove.$Properties|null|undefined} ipamPoolRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.ipamPoolRemove = null;

        /**
         * ToDataplane hostMetadataRemove.
         * @member {felix.HostMetadataRemove.$Properties|null|undefined} hostMetadataRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.hostMetadataRemove = null;

        /**
         * ToDataplane serviceAccountUpdate.
         * @member {Uint8Array|null|undefined} serviceAccountUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.serviceAccountUpdate = null;

        /**
         * ToDataplane serviceAccountRemove.
         * @member {Uint8Array|null|undefined} serviceAccountRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.serviceAccountRemove = null;

        /**
         * ToDataplane namespaceUpdate.
         * @member {felix.NamespaceUpdate.$Properties|null|undefined} namespaceUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.namespaceUpdate = null;

        /**
         * ToDataplane namespaceRemove.
         * @member {felix.NamespaceRemove.$Properties|null|undefined} namespaceRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.namespaceRemove = null;

        /**
         * ToDataplane routeUpdate.
         * @member {Uint8Array|null|undefined} routeUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.routeUpdate = null;

        /**
         * ToDataplane routeRemove.
         * @member {Uint8Array|null|undefined} routeRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.routeRemove = null;

        /**
         * ToDataplane vtepUpdate.
         * @member {Uint8Array|null|undefined} vtepUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.vtepUpdate = null;

        /**
         * ToDataplane vtepRemove.
         * @member {Uint8Array|null|undefined} vtepRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.vtepRemove = null;

        /**
         * ToDataplane wireguardEndpointUpdate.
         * @member {Uint8Array|null|undefined} wireguardEndpointUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.wireguardEndpointUpdate = null;

        /**
         * ToDataplane wireguardEndpointRemove.
         * @member {Uint8Array|null|undefined} wireguardEndpointRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.wireguardEndpointRemove = null;

        /**
         * ToDataplane globalBgpConfigUpdate.
         * @member {Uint8Array|null|undefined} globalBgpConfigUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.globalBgpConfigUpdate = null;

        /**
         * ToDataplane encapsulation.
         * @member {Uint8Array|null|undefined} encapsulation
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.encapsulation = null;

        /**
         * ToDataplane serviceUpdate.
         * @member {felix.ServiceUpdate.$Properties|null|undefined} serviceUpdate
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.serviceUpdate = null;

        /**
         * ToDataplane serviceRemove.
         * @member {felix.ServiceRemove.$Properties|null|undefined} serviceRemove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.serviceRemove = null;

        /**
         * ToDataplane wireguardEndpointV6Update.
         * @member {Uint8Array|null|undefined} wireguardEndpointV6Update
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.wireguardEndpointV6Update = null;

        /**
         * ToDataplane wireguardEndpointV6Remove.
         * @member {Uint8Array|null|undefined} wireguardEndpointV6Remove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.wireguardEndpointV6Remove = null;

        /**
         * ToDataplane hostMetadataV6Update.
         * @member {felix.HostMetadataV6Update.$Properties|null|undefined} hostMetadataV6Update
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.hostMetadataV6Update = null;

        /**
         * ToDataplane hostMetadataV6Remove.
         * @member {felix.HostMetadataRemove.$Properties|null|undefined} hostMetadataV6Remove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.hostMetadataV6Remove = null;

        /**
         * ToDataplane hostMetadataV4v6Update.
         * @member {felix.HostMetadataV4V6Update.$Properties|null|undefined} hostMetadataV4v6Update
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.hostMetadataV4v6Update = null;

        /**
         * ToDataplane hostMetadataV4v6Remove.
         * @member {felix.HostMetadataRemove.$Properties|null|undefined} hostMetadataV4v6Remove
         * @memberof felix.ToDataplane
         * @instance
         */
        ToDataplane.prototype.hostMetadataV4v6Remove = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * ToDataplane payload.
         * @member {"inSync"|"ipsetUpdate"|"ipsetDeltaUpdate"|"ipsetRemove"|"activeProfileUpdate"|"activeProfileRemove"|"activePolicyUpdate"|"activePolicyRemove"|"hostEndpointUpdate"|"hostEndpointRemove"|"workloadEndpointUpdate"|"workloadEndpointRemove"|"configUpdate"|"hostMetadataUpdate"|"ipamPoolUpdate"|"ipamPoolRemove"|"hostMetadataRemove"|"serviceAccountUpdate"|"serviceAccountRemove"|"namespaceUpdate"|"namespaceRemove"|"routeUpdate"|"routeRemove"|"vtepUpdate"|"vtepRemove"|"wireguardEndpointUpdate"|"wireguardEndpointRemove"|"globalBgpConfigUpdate"|"encapsulation"|"serviceUpdate"|"serviceRemove"|"wireguardEndpointV6Update"|"wireguardEndpointV6Remove"|"hostMetadataV6Update"|"hostMetadataV6Remove"|"hostMetadataV4v6Update"|"hostMetadataV4v6Remove"|undefined} payload
         * @memberof felix.ToDataplane
         * @instance
         */
        $Object.defineProperty(ToDataplane.prototype, "payload", {
            get: $util.oneOfGetter($oneOfFields = ["inSync", "ipsetUpdate", "ipsetDeltaUpdate", "ipsetRemove", "activeProfileUpdate", "activeProfileRemove", "activePolicyUpdate", "activePolicyRemove", "hostEndpointUpdate", "hostEndpointRemove", "workloadEndpointUpdate", "workloadEndpointRemove", "configUpdate", "hostMetadataUpdate", "ipamPoolUpdate", "ipamPoolRemove", "hostMetadataRemove", "serviceAccountUpdate", "serviceAccountRemove", "namespaceUpdate", "namespaceRemove", "routeUpdate", "routeRemove", "vtepUpdate", "vtepRemove", "wireguardEndpointUpdate", "wireguardEndpointRemove", "globalBgpConfigUpdate", "encapsulation", "serviceUpdate", "serviceRemove", "wireguardEndpointV6Update", "wireguardEndpointV6Remove", "hostMetadataV6Update", "hostMetadataV6Remove", "hostMetadataV4v6Update", "hostMetadataV4v6Remove"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new ToDataplane instance using the specified properties.
         * @function create
         * @memberof felix.ToDataplane
         * @static
         * @param {felix.ToDataplane.$Properties=} [properties] Properties to set
         * @returns {felix.ToDataplane} ToDataplane instance
         * @type {{
         *   (properties: felix.ToDataplane.$Shape): felix.ToDataplane & felix.ToDataplane.$Shape;
         *   (properties?: felix.ToDataplane.$Properties): felix.ToDataplane;
         * }}
         */
        ToDataplane.create = function(properties) {
            return new ToDataplane(properties);
        };

        /**
         * Encodes the specified ToDataplane message. Does not implicitly {@link felix.ToDataplane.verify|verify} messages.
         * @function encode
         * @memberof felix.ToDataplane
         * @static
         * @param {felix.ToDataplane.$Properties} message ToDataplane message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ToDataplane.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.inSync != null && $Object.hasOwnProperty.call(message, "inSync"))
                $root.felix.InSync.encode(message.inSync, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.ipsetUpdate != null && $Object.hasOwnProperty.call(message, "ipsetUpdate"))
                $root.felix.IPSetUpdate.encode(message.ipsetUpdate, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.ipsetDeltaUpdate != null && $Object.hasOwnProperty.call(message, "ipsetDeltaUpdate"))
                $root.felix.IPSetDeltaUpdate.encode(message.ipsetDeltaUpdate, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.ipsetRemove != null && $Object.hasOwnProperty.call(message, "ipsetRemove"))
                $root.felix.IPSetRemove.encode(message.ipsetRemove, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.activeProfileUpdate != null && $Object.hasOwnProperty.call(message, "activeProfileUpdate"))
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.activeProfileUpdate);
            if (message.activeProfileRemove != null && $Object.hasOwnProperty.call(message, "activeProfileRemove"))
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.activeProfileRemove);
            if (message.activePolicyUpdate != null && $Object.hasOwnProperty.call(message, "activePolicyUpdate"))
                $root.felix.ActivePolicyUpdate.encode(message.activePolicyUpdate, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.activePolicyRemove != null && $Object.hasOwnProperty.call(message, "activePolicyRemove"))
                $root.felix.ActivePolicyRemove.encode(message.activePolicyRemove, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.hostEndpointUpdate != null && $Object.hasOwnProperty.call(message, "hostEndpointUpdate"))
                $root.felix.HostEndpointUpdate.encode(message.hostEndpointUpdate, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.hostEndpointRemove != null && $Object.hasOwnProperty.call(message, "hostEndpointRemove"))
                $root.felix.HostEndpointRemove.encode(message.hostEndpointRemove, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
            if (message.workloadEndpointUpdate != null && $Object.hasOwnProperty.call(message, "workloadEndpointUpdate"))
                writer.uint32(/* id 11, wireType 2 =*/90).bytes(message.workloadEndpointUpdate);
            if (message.workloadEndpointRemove != null && $Object.hasOwnProperty.call(message, "workloadEndpointRemove"))
                writer.uint32(/* id 12, wireType 2 =*/98).bytes(message.workloadEndpointRemove);
            if (message.configUpdate != null && $Object.hasOwnProperty.call(message, "configUpdate"))
                $root.felix.ConfigUpdate.encode(message.configUpdate, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
            if (message.hostMetadataUpdate != null && $Object.hasOwnProperty.call(message, "hostMetadataUpdate"))
                $root.felix.HostMetadataUpdate.encode(message.hostMetadataUpdate, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
            if (message.sequenceNumber != null && $Object.hasOwnProperty.call(message, "sequenceNumber") && (typeof message.sequenceNumber === "object" ? message.sequenceNumber.low || message.sequenceNumber.high : message.sequenceNumber !== 0))
                writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.sequenceNumber);
            if (message.ipamPoolUpdate != null && $Object.hasOwnProperty.call(message, "ipamPoolUpdate"))
                $root.felix.IPAMPoolUpdate.encode(message.ipamPoolUpdate, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
            if (message.ipamPoolRemove != null && $Object.hasOwnProperty.call(message, "ipamPoolRemove"))
                $root.felix.IPAMPoolRemove.encode(message.ipamPoolRemove, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
            if (message.hostMetadataRemove != null && $Object.hasOwnProperty.call(message, "hostMetadataRemove"))
                $root.felix.HostMetadataRemove.encode(message.hostMetadataRemove, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
            if (message.serviceAccountUpdate != null && $Object.hasOwnProperty.call(message, "serviceAccountUpdate"))
                writer.uint32(/* id 19, wireType 2 =*/154).bytes(message.serviceAccountUpdate);
            if (message.serviceAccountRemove != null && $Object.hasOwnProperty.call(message, "serviceAccountRemove"))
                writer.uint32(/* id 20, wireType 2 =*/162).bytes(message.serviceAccountRemove);
            if (message.namespaceUpdate != null && $Object.hasOwnProperty.call(message, "namespaceUpdate"))
                $root.felix.NamespaceUpdate.encode(message.namespaceUpdate, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
            if (message.namespaceRemove != null && $Object.hasOwnProperty.call(message, "namespaceRemove"))
                $root.felix.NamespaceRemove.encode(message.namespaceRemove, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
            if (message.routeUpdate != null && $Object.hasOwnProperty.call(message, "routeUpdate"))
                writer.uint32(/* id 23, wireType 2 =*/186).bytes(message.routeUpdate);
            if (message.routeRemove != null && $Object.hasOwnProperty.call(message, "routeRemove"))
                writer.uint32(/* id 24, wireType 2 =*/194).bytes(message.routeRemove);
            if (message.vtepUpdate != null && $Object.hasOwnProperty.call(message, "vtepUpdate"))
                writer.uint32(/* id 25, wireType 2 =*/202).bytes(message.vtepUpdate);
            if (message.vtepRemove != null && $Object.hasOwnProperty.call(message, "vtepRemove"))
                writer.uint32(/* id 26, wireType 2 =*/210).bytes(message.vtepRemove);
            if (message.wireguardEndpointUpdate != null && $Object.hasOwnProperty.call(message, "wireguardEndpointUpdate"))
                writer.uint32(/* id 27, wireType 2 =*/218).bytes(message.wireguardEndpointUpdate);
            if (message.wireguardEndpointRemove != null && $Object.hasOwnProperty.call(message, "wireguardEndpointRemove"))
                writer.uint32(/* id 28, wireType 2 =*/226).bytes(message.wireguardEndpointRemove);
            if (message.globalBgpConfigUpdate != null && $Object.hasOwnProperty.call(message, "globalBgpConfigUpdate"))
                writer.uint32(/* id 29, wireType 2 =*/234).bytes(message.globalBgpConfigUpdate);
            if (message.encapsulation != null && $Object.hasOwnProperty.call(message, "encapsulation"))
                writer.uint32(/* id 30, wireType 2 =*/242).bytes(message.encapsulation);
            if (message.serviceUpdate != null && $Object.hasOwnProperty.call(message, "serviceUpdate"))
                $root.felix.ServiceUpdate.encode(message.serviceUpdate, writer.uint32(/* id 31, wireType 2 =*/250).fork(), _depth + 1).ldelim();
            if (message.serviceRemove != null && $Object.hasOwnProperty.call(message, "serviceRemove"))
                $root.felix.ServiceRemove.encode(message.serviceRemove, writer.uint32(/* id 32, wireType 2 =*/258).fork(), _depth + 1).ldelim();
            if (message.wireguardEndpointV6Update != null && $Object.hasOwnProperty.call(message, "wireguardEndpointV6Update"))
                writer.uint32(/* id 33, wireType 2 =*/266).bytes(message.wireguardEndpointV6Update);
            if (message.wireguardEndpointV6Remove != null && $Object.hasOwnProperty.call(message, "wireguardEndpointV6Remove"))
                writer.uint32(/* id 34, wireType 2 =*/274).bytes(message.wireguardEndpointV6Remove);
            if (message.hostMetadataV6Update != null && $Object.hasOwnProperty.call(message, "hostMetadataV6Update"))
                $root.felix.HostMetadataV6Update.encode(message.hostMetadataV6Update, writer.uint32(/* id 35, wireType 2 =*/282).fork(), _depth + 1).ldelim();
            if (message.hostMetadataV6Remove != null && $Object.hasOwnProperty.call(message, "hostMetadataV6Remove"))
                $root.felix.HostMetadataRemove.encode(message.hostMetadataV6Remove, writer.uint32(/* id 36, wireType 2 =*/290).fork(), _depth + 1).ldelim();
            if (message.hostMetadataV4v6Update != null && $Object.hasOwnProperty.call(message, "hostMetadataV4v6Update"))
                $root.felix.HostMetadataV4V6Update.encode(message.hostMetadataV4v6Update, writer.uint32(/* id 37, wireType 2 =*/298).fork(), _depth + 1).ldelim();
            if (message.hostMetadataV4v6Remove != null && $Object.hasOwnProperty.call(message, "hostMetadataV4v6Remove"))
                $root.felix.HostMetadataRemove.encode(message.hostMetadataV4v6Remove, writer.uint32(/* id 38, wireType 2 =*/306).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ToDataplane message from the specified reader or buffer.
         * @function decode
         * @memberof felix.ToDataplane
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.ToDataplane & felix.ToDataplane.$Shape} ToDataplane
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ToDataplane.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.ToDataplane();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 15: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.sequenceNumber = value;
                        else
                            delete message.sequenceNumber;
                        continue;
                    }
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.inSync = $root.felix.InSync.decode(reader, reader.size(), $undefined, _depth + 1, message.inSync);
                        message.payload = "inSync";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.ipsetUpdate = $root.felix.IPSetUpdate.decode(reader, reader.size(), $undefined, _depth + 1, message.ipsetUpdate);
                        message.payload = "ipsetUpdate";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.ipsetDeltaUpdate = $root.felix.IPSetDeltaUpdate.decode(reader, reader.size(), $undefined, _depth + 1, message.ipsetDeltaUpdate);
                        message.payload = "ipsetDeltaUpdate";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.ipsetRemove = $root.felix.IPSetRemove.decode(reader, reader.size(), $undefined, _depth + 1, message.ipsetRemove);
                        message.payload = "ipsetRemove";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.activeProfileUpdate = reader.bytes();
                        message.payload = "activeProfileUpdate";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.activeProfileRemove = reader.bytes();
                        message.payload = "activeProfileRemove";
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.activePolicyUpdate = $root.felix.ActivePolicyUpdate.decode(reader, reader.size(), $undefined, _depth + 1, message.activePolicyUpdate);
                        message.payload = "activePolicyUpdate";
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.activePolicyRemove = $root.felix.ActivePolicyRemove.decode(reader, reader.size(), $undefined, _depth + 1, message.activePolicyRemove);
                        message.payload = "activePolicyRemove";
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.hostEndpointUpdate = $root.felix.HostEndpointUpdate.decode(reader, reader.size(), $undefined, _depth + 1, message.hostEndpointUpdate);
                        message.payload = "hostEndpointUpdate";
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.hostEndpointRemove = $root.felix.HostEndpointRemove.decode(reader, reader.size(), $undefined, _depth + 1, message.hostEndpointRemove);
                        message.payload = "hostEndpointRemove";
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.workloadEndpointUpdate = reader.bytes();
                        message.payload = "workloadEndpointUpdate";
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.workloadEndpointRemove = reader.bytes();
                        message.payload = "workloadEndpointRemove";
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        message.configUpdate = $root.felix.ConfigUpdate.decode(reader, reader.size(), $undefined, _depth + 1, message.configUpdate);
                        message.payload = "configUpdate";
                        continue;
                    }
                case 14: {
                        if (wireType !== 2)
                            break;
                        message.hostMetadataUpdate = $root.felix.HostMetadataUpdate.decode(reader, reader.size(), $undefined, _depth + 1, message.hostMetadataUpdate);
                        message.payload = "hostMetadataUpdate";
                        continue;
                    }
                case 16: {
                        if (wireType !== 2)
                            break;
                        message.ipamPoolUpdate = $root.felix.IPAMPoolUpdate.decode(reader, reader.size(), $undefined, _depth + 1, message.ipamPoolUpdate);
                        message.payload = "ipamPoolUpdate";
                        continue;
                    }
                case 17: {
                        if (wireType !== 2)
                            break;
                        message.ipamPoolRemove = $root.felix.IPAMPoolRemove.decode(reader, reader.size(), $undefined, _depth + 1, message.ipamPoolRemove);
                        message.payload = "ipamPoolRemove";
                        continue;
                    }
                case 18: {
                        if (wireType !== 2)
                            break;
                        message.hostMetadataRemove = $root.felix.HostMetadataRemove.decode(reader, reader.size(), $undefined, _depth + 1, message.hostMetadataRemove);
                        message.payload = "hostMetadataRemove";
                        continue;
                    }
                case 19: {
                        if (wireType !== 2)
                            break;
                        message.serviceAccountUpdate = reader.bytes();
                        message.payload = "serviceAccountUpdate";
                        continue;
                    }
                case 20: {
                        if (wireType !== 2)
                            break;
                        message.serviceAccountRemove = reader.bytes();
                        message.payload = "serviceAccountRemove";
                        continue;
                    }
                case 21: {
                        if (wireType !== 2)
                            break;
                        message.namespaceUpdate = $root.felix.NamespaceUpdate.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaceUpdate);
                        message.payload = "namespaceUpdate";
                        continue;
                    }
                case 22: {
                        if (wireType !== 2)
                            break;
                        message.namespaceRemove = $root.felix.NamespaceRemove.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaceRemove);
                        message.payload = "namespaceRemove";
                        continue;
                    }
                case 23: {
                        if (wireType !== 2)
                            break;
                        message.routeUpdate = reader.bytes();
                        message.payload = "routeUpdate";
                        continue;
                    }
                case 24: {
                        if (wireType !== 2)
                            break;
                        message.routeRemove = reader.bytes();
                        message.payload = "routeRemove";
                        continue;
                    }
                case 25: {
                        if (wireType !== 2)
                            break;
                        message.vtepUpdate = reader.bytes();
                        message.payload = "vtepUpdate";
                        continue;
                    }
                case 26: {
                        if (wireType !== 2)
                            break;
                        message.vtepRemove = reader.bytes();
                        message.payload = "vtepRemove";
                        continue;
                    }
                case 27: {
                        if (wireType !== 2)
                            break;
                        message.wireguardEndpointUpdate = reader.bytes();
                        message.payload = "wireguardEndpointUpdate";
                        continue;
                    }
                case 28: {
                        if (wireType !== 2)
                            break;
                        message.wireguardEndpointRemove = reader.bytes();
                        message.payload = "wireguardEndpointRemove";
                        continue;
                    }
                case 29: {
                        if (wireType !== 2)
                            break;
                        message.globalBgpConfigUpdate = reader.bytes();
                        message.payload = "globalBgpConfigUpdate";
                        continue;
                    }
                case 30: {
                        if (wireType !== 2)
                            break;
                        message.encapsulation = reader.bytes();
                        message.payload = "encapsulation";
                        continue;
                    }
                case 31: {
                        if (wireType !== 2)
                            break;
                        message.serviceUpdate = $root.felix.ServiceUpdate.decode(reader, reader.size(), $undefined, _depth + 1, message.serviceUpdate);
                        message.payload = "serviceUpdate";
                        continue;
                    }
                case 32: {
                        if (wireType !== 2)
                            break;
                        message.serviceRemove = $root.felix.ServiceRemove.decode(reader, reader.size(), $undefined, _depth + 1, message.serviceRemove);
                        message.payload = "serviceRemove";
                        continue;
                    }
                case 33: {
                        if (wireType !== 2)
                            break;
                        message.wireguardEndpointV6Update = reader.bytes();
                        message.payload = "wireguardEndpointV6Update";
                        continue;
                    }
                case 34: {
                        if (wireType !== 2)
                            break;
                        message.wireguardEndpointV6Remove = reader.bytes();
                        message.payload = "wireguardEndpointV6Remove";
                        continue;
                    }
                case 35: {
                        if (wireType !== 2)
                            break;
                        message.hostMetadataV6Update = $root.felix.HostMetadataV6Update.decode(reader, reader.size(), $undefined, _depth + 1, message.hostMetadataV6Update);
                        message.payload = "hostMetadataV6Update";
                        continue;
                    }
                case 36: {
                        if (wireType !== 2)
                            break;
                        message.hostMetadataV6Remove = $root.felix.HostMetadataRemove.decode(reader, reader.size(), $undefined, _depth + 1, message.hostMetadataV6Remove);
                        message.payload = "hostMetadataV6Remove";
                        continue;
                    }
                case 37: {
                        if (wireType !== 2)
                            break;
                        message.hostMetadataV4v6Update = $root.felix.HostMetadataV4V6Update.decode(reader, reader.size(), $undefined, _depth + 1, message.hostMetadataV4v6Update);
                        message.payload = "hostMetadataV4v6Update";
                        continue;
                    }
                case 38: {
                        if (wireType !== 2)
                            break;
                        message.hostMetadataV4v6Remove = $root.felix.HostMetadataRemove.decode(reader, reader.size(), $undefined, _depth + 1, message.hostMetadataV4v6Remove);
                        message.payload = "hostMetadataV4v6Remove";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ToDataplane;
    })();

    felix.InSync = (function() {

        /**
         * Properties of an InSync.
         * @typedef {Object} felix.InSync.$Properties
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an InSync.
         * @memberof felix
         * @interface IInSync
         * @augments felix.InSync.$Properties
         * @deprecated Use felix.InSync.$Properties instead.
         */

        /**
         * Shape of an InSync.
         * @typedef {felix.InSync.$Properties} felix.InSync.$Shape
         */

        /**
         * Constructs a new InSync.
         * @memberof felix
         * @classdesc Represents an InSync.
         * @constructor
         * @param {felix.InSync.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const InSync = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Creates a new InSync instance using the specified properties.
         * @function create
         * @memberof felix.InSync
         * @static
         * @param {felix.InSync.$Properties=} [properties] Properties to set
         * @returns {felix.InSync} InSync instance
         * @type {{
         *   (properties: felix.InSync.$Shape): felix.InSync & felix.InSync.$Shape;
         *   (properties?: felix.InSync.$Properties): felix.InSync;
         * }}
         */
        InSync.create = function(properties) {
            return new InSync(properties);
        };

        /**
         * Encodes the specified InSync message. Does not implicitly {@link felix.InSync.verify|verify} messages.
         * @function encode
         * @memberof felix.InSync
         * @static
         * @param {felix.InSync.$Properties} message InSync message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        InSync.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an InSync message from the specified reader or buffer.
         * @function decode
         * @memberof felix.InSync
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.InSync & felix.InSync.$Shape} InSync
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        InSync.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.InSync();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                reader.skipType(tag & 7, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return InSync;
    })();

    felix.ConfigUpdate = (function() {

        /**
         * Properties of a ConfigUpdate.
         * @typedef {Object} felix.ConfigUpdate.$Properties
         * @property {Object.<string,string>|null} [config] ConfigUpdate config
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ConfigUpdate.
         * @memberof felix
         * @interface IConfigUpdate
         * @augments felix.ConfigUpdate.$Properties
         * @deprecated Use felix.ConfigUpdate.$Properties instead.
         */

        /**
         * Shape of a ConfigUpdate.
         * @typedef {felix.ConfigUpdate.$Properties} felix.ConfigUpdate.$Shape
         */

        /**
         * Constructs a new ConfigUpdate.
         * @memberof felix
         * @classdesc Represents a ConfigUpdate.
         * @constructor
         * @param {felix.ConfigUpdate.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ConfigUpdate = function (properties) {
            this.config = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ConfigUpdate config.
         * @member {Object.<string,string>} config
         * @memberof felix.ConfigUpdate
         * @instance
         */
        ConfigUpdate.prototype.config = $util.emptyObject;

        /**
         * Creates a new ConfigUpdate instance using the specified properties.
         * @function create
         * @memberof felix.ConfigUpdate
         * @static
         * @param {felix.ConfigUpdate.$Properties=} [properties] Properties to set
         * @returns {felix.ConfigUpdate} ConfigUpdate instance
         * @type {{
         *   (properties: felix.ConfigUpdate.$Shape): felix.ConfigUpdate & felix.ConfigUpdate.$Shape;
         *   (properties?: felix.ConfigUpdate.$Properties): felix.ConfigUpdate;
         * }}
         */
        ConfigUpdate.create = function(properties) {
            return new ConfigUpdate(properties);
        };

        /**
         * Encodes the specified ConfigUpdate message. Does not implicitly {@link felix.ConfigUpdate.verify|verify} messages.
         * @function encode
         * @memberof felix.ConfigUpdate
         * @static
         * @param {felix.ConfigUpdate.$Properties} message ConfigUpdate message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ConfigUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.config != null && $Object.hasOwnProperty.call(message, "config"))
                for (let keys = $Object.keys(message.config), i = 0; i < keys.length; ++i)
                    writer.uint32(/* id 1, wireType 2 =*/10).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.config[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ConfigUpdate message from the specified reader or buffer.
         * @function decode
         * @memberof felix.ConfigUpdate
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.ConfigUpdate & felix.ConfigUpdate.$Shape} ConfigUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ConfigUpdate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, key, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.ConfigUpdate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (message.config === $util.emptyObject)
                            message.config = {};
                        let end2 = reader.size() + reader.pos;
                        if (end2 > reader.len)
                            throw $RangeError("index out of range");
                        reader.len = end2;
                        key = "";
                        value = "";
                        while (reader.pos < end2) {
                            let tag2 = reader.tag();
                            wireType = tag2 & 7;
                            switch (tag2 >>>= 3) {
                            case 1:
                                if (wireType !== 2)
                                    break;
                                key = reader.stringVerify();
                                continue;
                            case 2:
                                if (wireType !== 2)
                                    break;
                                value = reader.stringVerify();
                                continue;
                            }
                            reader.skipType(wireType, _depth, tag2);
                        }
                        if (reader.pos !== end2)
                            throw $RangeError("index out of range");
                        reader.len = end;
                        if (key === "__proto__")
                            $util.makeProp(message.config, key);
                        message.config[key] = value;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ConfigUpdate;
    })();

    felix.IPSetUpdate = (function() {

        /**
         * Properties of a IPSetUpdate.
         * @typedef {Object} felix.IPSetUpdate.$Properties
         * @property {string|null} [id] IPSetUpdate id
         * @property {Array.<string>|null} [members] IPSetUpdate members
         * @property {felix.IPSetUpdate.IPSetType|null} [type] IPSetUpdate type
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a IPSetUpdate.
         * @memberof felix
         * @interface IIPSetUpdate
         * @augments felix.IPSetUpdate.$Properties
         * @deprecated Use felix.IPSetUpdate.$Properties instead.
         */

        /**
         * Shape of a IPSetUpdate.
         * @typedef {felix.IPSetUpdate.$Properties} felix.IPSetUpdate.$Shape
         */

        /**
         * Constructs a new IPSetUpdate.
         * @memberof felix
         * @classdesc Represents a IPSetUpdate.
         * @constructor
         * @param {felix.IPSetUpdate.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const IPSetUpdate = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * IPSetUpdate id.
         * @member {string} id
         * @memberof felix.IPSetUpdate
         * @instance
         */
        IPSetUpdate.prototype.id = "";

        /**
         * IPSetUpdate members.
         * @member {Array.<string>} members
         * @memberof felix.IPSetUpdate
         * @instance
         */
        IPSetUpdate.prototype.members = $util.emptyArray;

        /**
         * IPSetUpdate type.
         * @member {felix.IPSetUpdate.IPSetType} type
         * @memberof felix.IPSetUpdate
         * @instance
         */
        IPSetUpdate.prototype.type = 0;

        /**
         * Creates a new IPSetUpdate instance using the specified properties.
         * @function create
         * @memberof felix.IPSetUpdate
         * @static
         * @param {felix.IPSetUpdate.$Properties=} [properties] Properties to set
         * @returns {felix.IPSetUpdate} IPSetUpdate instance
         * @type {{
         *   (properties: felix.IPSetUpdate.$Shape): felix.IPSetUpdate & felix.IPSetUpdate.$Shape;
         *   (properties?: felix.IPSetUpdate.$Properties): felix.IPSetUpdate;
         * }}
         */
        IPSetUpdate.create = function(properties) {
            return new IPSetUpdate(properties);
        };

        /**
         * Encodes the specified IPSetUpdate message. Does not implicitly {@link felix.IPSetUpdate.verify|verify} messages.
         * @function encode
         * @memberof felix.IPSetUpdate
         * @static
         * @param {felix.IPSetUpdate.$Properties} message IPSetUpdate message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        IPSetUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.members[i]);
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).int32(message.type);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a IPSetUpdate message from the specified reader or buffer.
         * @function decode
         * @memberof felix.IPSetUpdate
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.IPSetUpdate & felix.IPSetUpdate.$Shape} IPSetUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        IPSetUpdate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.IPSetUpdate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push(reader.stringVerify());
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.type = value;
                        else
                            delete message.type;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        /**
         * IPSetType enum.
         * @name felix.IPSetUpdate.IPSetType
         * @enum {number}
         * @property {number} IP=0 IP value
         * @property {number} IP_AND_PORT=1 IP_AND_PORT value
         * @property {number} NET=2 NET value
         */
        IPSetUpdate.IPSetType = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "IP"] = 0;
            values[valuesById[1] = "IP_AND_PORT"] = 1;
            values[valuesById[2] = "NET"] = 2;
            return values;
        })();

        return IPSetUpdate;
    })();

    felix.IPSetDeltaUpdate = (function() {

        /**
         * Properties of a IPSetDeltaUpdate.
         * @typedef {Object} felix.IPSetDeltaUpdate.$Properties
         * @property {string|null} [id] IPSetDeltaUpdate id
         * @property {Array.<string>|null} [addedMembers] IPSetDeltaUpdate addedMembers
         * @property {Array.<string>|null} [removedMembers] IPSetDeltaUpdate removedMembers
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a IPSetDeltaUpdate.
         * @memberof felix
         * @interface IIPSetDeltaUpdate
         * @augments felix.IPSetDeltaUpdate.$Properties
         * @deprecated Use felix.IPSetDeltaUpdate.$Properties instead.
         */

        /**
         * Shape of a IPSetDeltaUpdate.
         * @typedef {felix.IPSetDeltaUpdate.$Properties} felix.IPSetDeltaUpdate.$Shape
         */

        /**
         * Constructs a new IPSetDeltaUpdate.
         * @memberof felix
         * @classdesc Represents a IPSetDeltaUpdate.
         * @constructor
         * @param {felix.IPSetDeltaUpdate.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const IPSetDeltaUpdate = function (properties) {
            this.addedMembers = [];
            this.removedMembers = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * IPSetDeltaUpdate id.
         * @member {string} id
         * @memberof felix.IPSetDeltaUpdate
         * @instance
         */
        IPSetDeltaUpdate.prototype.id = "";

        /**
         * IPSetDeltaUpdate addedMembers.
         * @member {Array.<string>} addedMembers
         * @memberof felix.IPSetDeltaUpdate
         * @instance
         */
        IPSetDeltaUpdate.prototype.addedMembers = $util.emptyArray;

        /**
         * IPSetDeltaUpdate removedMembers.
         * @member {Array.<string>} removedMembers
         * @memberof felix.IPSetDeltaUpdate
         * @instance
         */
        IPSetDeltaUpdate.prototype.removedMembers = $util.emptyArray;

        /**
         * Creates a new IPSetDeltaUpdate instance using the specified properties.
         * @function create
         * @memberof felix.IPSetDeltaUpdate
         * @static
         * @param {felix.IPSetDeltaUpdate.$Properties=} [properties] Properties to set
         * @returns {felix.IPSetDeltaUpdate} IPSetDeltaUpdate instance
         * @type {{
         *   (properties: felix.IPSetDeltaUpdate.$Shape): felix.IPSetDeltaUpdate & felix.IPSetDeltaUpdate.$Shape;
         *   (properties?: felix.IPSetDeltaUpdate.$Properties): felix.IPSetDeltaUpdate;
         * }}
         */
        IPSetDeltaUpdate.create = function(properties) {
            return new IPSetDeltaUpdate(properties);
        };

        /**
         * Encodes the specified IPSetDeltaUpdate message. Does not implicitly {@link felix.IPSetDeltaUpdate.verify|verify} messages.
         * @function encode
         * @memberof felix.IPSetDeltaUpdate
         * @static
         * @param {felix.IPSetDeltaUpdate.$Properties} message IPSetDeltaUpdate message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        IPSetDeltaUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
            if (message.addedMembers != null && message.addedMembers.length)
                for (let i = 0; i < message.addedMembers.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.addedMembers[i]);
            if (message.removedMembers != null && message.removedMembers.length)
                for (let i = 0; i < message.removedMembers.length; ++i)
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.removedMembers[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a IPSetDeltaUpdate message from the specified reader or buffer.
         * @function decode
         * @memberof felix.IPSetDeltaUpdate
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.IPSetDeltaUpdate & felix.IPSetDeltaUpdate.$Shape} IPSetDeltaUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        IPSetDeltaUpdate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.IPSetDeltaUpdate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.addedMembers && message.addedMembers.length))
                            message.addedMembers = [];
                        message.addedMembers.push(reader.stringVerify());
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.removedMembers && message.removedMembers.length))
                            message.removedMembers = [];
                        message.removedMembers.push(reader.stringVerify());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return IPSetDeltaUpdate;
    })();

    felix.IPSetRemove = (function() {

        /**
         * Properties of a IPSetRemove.
         * @typedef {Object} felix.IPSetRemove.$Properties
         * @property {string|null} [id] IPSetRemove id
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a IPSetRemove.
         * @memberof felix
         * @interface IIPSetRemove
         * @augments felix.IPSetRemove.$Properties
         * @deprecated Use felix.IPSetRemove.$Properties instead.
         */

        /**
         * Shape of a IPSetRemove.
         * @typedef {felix.IPSetRemove.$Properties} felix.IPSetRemove.$Shape
         */

        /**
         * Constructs a new IPSetRemove.
         * @memberof felix
         * @classdesc Represents a IPSetRemove.
         * @constructor
         * @param {felix.IPSetRemove.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const IPSetRemove = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * IPSetRemove id.
         * @member {string} id
         * @memberof felix.IPSetRemove
         * @instance
         */
        IPSetRemove.prototype.id = "";

        /**
         * Creates a new IPSetRemove instance using the specified properties.
         * @function create
         * @memberof felix.IPSetRemove
         * @static
         * @param {felix.IPSetRemove.$Properties=} [properties] Properties to set
         * @returns {felix.IPSetRemove} IPSetRemove instance
         * @type {{
         *   (properties: felix.IPSetRemove.$Shape): felix.IPSetRemove & felix.IPSetRemove.$Shape;
         *   (properties?: felix.IPSetRemove.$Properties): felix.IPSetRemove;
         * }}
         */
        IPSetRemove.create = function(properties) {
            return new IPSetRemove(properties);
        };

        /**
         * Encodes the specified IPSetRemove message. Does not implicitly {@link felix.IPSetRemove.verify|verify} messages.
         * @function encode
         * @memberof felix.IPSetRemove
         * @static
         * @param {felix.IPSetRemove.$Properties} message IPSetRemove message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        IPSetRemove.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a IPSetRemove message from the specified reader or buffer.
         * @function decode
         * @memberof felix.IPSetRemove
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.IPSetRemove & felix.IPSetRemove.$Shape} IPSetRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        IPSetRemove.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.IPSetRemove();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return IPSetRemove;
    })();

    felix.PolicyID = (function() {

        /**
         * Properties of a PolicyID.
         * @typedef {Object} felix.PolicyID.$Properties
         * @property {string|null} [tier] PolicyID tier
         * @property {string|null} [name] PolicyID name
         * @property {string|null} [namespace] PolicyID namespace
         * @property {string|null} [kind] PolicyID kind
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a PolicyID.
         * @memberof felix
         * @interface IPolicyID
         * @augments felix.PolicyID.$Properties
         * @deprecated Use felix.PolicyID.$Properties instead.
         */

        /**
         * Shape of a PolicyID.
         * @typedef {felix.PolicyID.$Properties} felix.PolicyID.$Shape
         */

        /**
         * Constructs a new PolicyID.
         * @memberof felix
         * @classdesc Represents a PolicyID.
         * @constructor
         * @param {felix.PolicyID.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const PolicyID = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * PolicyID tier.
         * @member {string} tier
         * @memberof felix.PolicyID
         * @instance
         */
        PolicyID.prototype.tier = "";

        /**
         * PolicyID name.
         * @member {string} name
         * @memberof felix.PolicyID
         * @instance
         */
        PolicyID.prototype.name = "";

        /**
         * PolicyID namespace.
         * @member {string} namespace
         * @memberof felix.PolicyID
         * @instance
         */
        PolicyID.prototype.namespace = "";

        /**
         * PolicyID kind.
         * @member {string} kind
         * @memberof felix.PolicyID
         * @instance
         */
        PolicyID.prototype.kind = "";

        /**
         * Creates a new PolicyID instance using the specified properties.
         * @function create
         * @memberof felix.PolicyID
         * @static
         * @param {felix.PolicyID.$Properties=} [properties] Properties to set
         * @returns {felix.PolicyID} PolicyID instance
         * @type {{
         *   (properties: felix.PolicyID.$Shape): felix.PolicyID & felix.PolicyID.$Shape;
         *   (properties?: felix.PolicyID.$Properties): felix.PolicyID;
         * }}
         */
        PolicyID.create = function(properties) {
            return new PolicyID(properties);
        };

        /**
         * Encodes the specified PolicyID message. Does not implicitly {@link felix.PolicyID.verify|verify} messages.
         * @function encode
         * @memberof felix.PolicyID
         * @static
         * @param {felix.PolicyID.$Properties} message PolicyID message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        PolicyID.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.tier != null && $Object.hasOwnProperty.call(message, "tier") && message.tier !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.tier);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespace);
            if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.kind);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a PolicyID message from the specified reader or buffer.
         * @function decode
         * @memberof felix.PolicyID
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.PolicyID & felix.PolicyID.$Shape} PolicyID
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        PolicyID.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.PolicyID();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.tier = value;
                        else
                            delete message.tier;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.namespace = value;
                        else
                            delete message.namespace;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.kind = value;
                        else
                            delete message.kind;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return PolicyID;
    })();

    felix.Policy = (function() {

        /**
         * Properties of a Policy.
         * @typedef {Object} felix.Policy.$Properties
         * @property {Array.<felix.Rule.$Properties>|null} [inboundRules] Policy inboundRules
         * @property {Array.<felix.Rule.$Properties>|null} [outboundRules] Policy outboundRules
         * @property {boolean|null} [untracked] Policy untracked
         * @property {boolean|null} [preDnat] Policy preDnat
         * @property {string|null} [namespace] Policy namespace
         * @property {string|null} [originalSelector] Policy originalSelector
         * @property {Array.<string>|null} [perfHints] Policy perfHints
         * @property {string|null} [tier] Policy tier
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Policy.
         * @memberof felix
         * @interface IPolicy
         * @augments felix.Policy.$Properties
         * @deprecated Use felix.Policy.$Properties instead.
         */

        /**
         * Shape of a Policy.
         * @typedef {{
         *   inboundRules?: Array.<felix.Rule.$Shape>|null;
         *   outboundRules?: Array.<felix.Rule.$Shape>|null;
         *   untracked?: boolean|null;
         *   preDnat?: boolean|null;
         *   namespace?: string|null;
         *   originalSelector?: string|null;
         *   perfHints?: Array.<string>|null;
         *   tier?: string|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} felix.Policy.$Shape
         */

        /**
         * Constructs a new Policy.
         * @memberof felix
         * @classdesc Represents a Policy.
         * @constructor
         * @param {felix.Policy.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Policy = function (properties) {
            this.inboundRules = [];
            this.outboundRules = [];
            this.perfHints = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Policy inboundRules.
         * @member {Array.<felix.Rule.$Properties>} inboundRules
         * @memberof felix.Policy
         * @instance
         */
        Policy.prototype.inboundRules = $util.emptyArray;

        /**
         * Policy outboundRules.
         * @member {Array.<felix.Rule.$Properties>} outboundRules
         * @memberof felix.Policy
         * @instance
         */
        Policy.prototype.outboundRules = $util.emptyArray;

        /**
         * Policy untracked.
         * @member {boolean} untracked
         * @memberof felix.Policy
         * @instance
         */
        Policy.prototype.untracked = false;

        /**
         * Policy preDnat.
         * @member {boolean} preDnat
         * @memberof felix.Policy
         * @instance
         */
        Policy.prototype.preDnat = false;

        /**
         * Policy namespace.
         * @member {string} namespace
         * @memberof felix.Policy
         * @instance
         */
        Policy.prototype.namespace = "";

        /**
         * Policy originalSelector.
         * @member {string} originalSelector
         * @memberof felix.Policy
         * @instance
         */
        Policy.prototype.originalSelector = "";

        /**
         * Policy perfHints.
         * @member {Array.<string>} perfHints
         * @memberof felix.Policy
         * @instance
         */
        Policy.prototype.perfHints = $util.emptyArray;

        /**
         * Policy tier.
         * @member {string} tier
         * @memberof felix.Policy
         * @instance
         */
        Policy.prototype.tier = "";

        /**
         * Creates a new Policy instance using the specified properties.
         * @function create
         * @memberof felix.Policy
         * @static
         * @param {felix.Policy.$Properties=} [properties] Properties to set
         * @returns {felix.Policy} Policy instance
         * @type {{
         *   (properties: felix.Policy.$Shape): felix.Policy & felix.Policy.$Shape;
         *   (properties?: felix.Policy.$Properties): felix.Policy;
         * }}
         */
        Policy.create = function(properties) {
            return new Policy(properties);
        };

        /**
         * Encodes the specified Policy message. Does not implicitly {@link felix.Policy.verify|verify} messages.
         * @function encode
         * @memberof felix.Policy
         * @static
         * @param {felix.Policy.$Properties} message Policy message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Policy.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.inboundRules != null && message.inboundRules.length)
                for (let i = 0; i < message.inboundRules.length; ++i)
                    $root.felix.Rule.encode(message.inboundRules[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.outboundRules != null && message.outboundRules.length)
                for (let i = 0; i < message.outboundRules.length; ++i)
                    $root.felix.Rule.encode(message.outboundRules[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.untracked != null && $Object.hasOwnProperty.call(message, "untracked") && message.untracked !== false)
                writer.uint32(/* id 3, wireType 0 =*/24).bool(message.untracked);
            if (message.preDnat != null && $Object.hasOwnProperty.call(message, "preDnat") && message.preDnat !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.preDnat);
            if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.namespace);
            if (message.originalSelector != null && $Object.hasOwnProperty.call(message, "originalSelector") && message.originalSelector !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.originalSelector);
            if (message.perfHints != null && message.perfHints.length)
                for (let i = 0; i < message.perfHints.length; ++i)
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.perfHints[i]);
            if (message.tier != null && $Object.hasOwnProperty.call(message, "tier") && message.tier !== "")
                writer.uint32(/* id 8, wireType 2 =*/66).string(message.tier);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Policy message from the specified reader or buffer.
         * @function decode
         * @memberof felix.Policy
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.Policy & felix.Policy.$Shape} Policy
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Policy.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.Policy();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.inboundRules && message.inboundRules.length))
                            message.inboundRules = [];
                        message.inboundRules.push($root.felix.Rule.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.outboundRules && message.outboundRules.length))
                            message.outboundRules = [];
                        message.outboundRules.push($root.felix.Rule.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.untracked = value;
                        else
                            delete message.untracked;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.preDnat = value;
                        else
                            delete message.preDnat;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.namespace = value;
                        else
                            delete message.namespace;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalSelector = value;
                        else
                            delete message.originalSelector;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.perfHints && message.perfHints.length))
                            message.perfHints = [];
                        message.perfHints.push(reader.stringVerify());
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.tier = value;
                        else
                            delete message.tier;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Policy;
    })();

    felix.ActivePolicyUpdate = (function() {

        /**
         * Properties of an ActivePolicyUpdate.
         * @typedef {Object} felix.ActivePolicyUpdate.$Properties
         * @property {felix.PolicyID.$Properties|null} [id] ActivePolicyUpdate id
         * @property {felix.Policy.$Properties|null} [policy] ActivePolicyUpdate policy
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an ActivePolicyUpdate.
         * @memberof felix
         * @interface IActivePolicyUpdate
         * @augments felix.ActivePolicyUpdate.$Properties
         * @deprecated Use felix.ActivePolicyUpdate.$Properties instead.
         */

        /**
         * Shape of an ActivePolicyUpdate.
         * @typedef {{
         *   id?: felix.PolicyID.$Shape|null;
         *   policy?: felix.Policy.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} felix.ActivePolicyUpdate.$Shape
         */

        /**
         * Constructs a new ActivePolicyUpdate.
         * @memberof felix
         * @classdesc Represents an ActivePolicyUpdate.
         * @constructor
         * @param {felix.ActivePolicyUpdate.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ActivePolicyUpdate = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ActivePolicyUpdate id.
         * @member {felix.PolicyID.$Properties|null|undefined} id
         * @memberof felix.ActivePolicyUpdate
         * @instance
         */
        ActivePolicyUpdate.prototype.id = null;

        /**
         * ActivePolicyUpdate policy.
         * @member {felix.Policy.$Properties|null|undefined} policy
         * @memberof felix.ActivePolicyUpdate
         * @instance
         */
        ActivePolicyUpdate.prototype.policy = null;

        /**
         * Creates a new ActivePolicyUpdate instance using the specified properties.
         * @function create
         * @memberof felix.ActivePolicyUpdate
         * @static
         * @param {felix.ActivePolicyUpdate.$Properties=} [properties] Properties to set
         * @returns {felix.ActivePolicyUpdate} ActivePolicyUpdate instance
         * @type {{
         *   (properties: felix.ActivePolicyUpdate.$Shape): felix.ActivePolicyUpdate & felix.ActivePolicyUpdate.$Shape;
         *   (properties?: felix.ActivePolicyUpdate.$Properties): felix.ActivePolicyUpdate;
         * }}
         */
        ActivePolicyUpdate.create = function(properties) {
            return new ActivePolicyUpdate(properties);
        };

        /**
         * Encodes the specified ActivePolicyUpdate message. Does not implicitly {@link felix.ActivePolicyUpdate.verify|verify} messages.
         * @function encode
         * @memberof felix.ActivePolicyUpdate
         * @static
         * @param {felix.ActivePolicyUpdate.$Properties} message ActivePolicyUpdate message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ActivePolicyUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                $root.felix.PolicyID.encode(message.id, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                $root.felix.Policy.encode(message.policy, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an ActivePolicyUpdate message from the specified reader or buffer.
         * @function decode
         * @memberof felix.ActivePolicyUpdate
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.ActivePolicyUpdate & felix.ActivePolicyUpdate.$Shape} ActivePolicyUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ActivePolicyUpdate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.ActivePolicyUpdate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.id = $root.felix.PolicyID.decode(reader, reader.size(), $undefined, _depth + 1, message.id);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.policy = $root.felix.Policy.decode(reader, reader.size(), $undefined, _depth + 1, message.policy);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ActivePolicyUpdate;
    })();

    felix.ActivePolicyRemove = (function() {

        /**
         * Properties of an ActivePolicyRemove.
         * @typedef {Object} felix.ActivePolicyRemove.$Properties
         * @property {felix.PolicyID.$Properties|null} [id] ActivePolicyRemove id
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an ActivePolicyRemove.
         * @memberof felix
         * @interface IActivePolicyRemove
         * @augments felix.ActivePolicyRemove.$Properties
         * @deprecated Use felix.ActivePolicyRemove.$Properties instead.
         */

        /**
         * Shape of an ActivePolicyRemove.
         * @typedef {felix.ActivePolicyRemove.$Properties} felix.ActivePolicyRemove.$Shape
         */

        /**
         * Constructs a new ActivePolicyRemove.
         * @memberof felix
         * @classdesc Represents an ActivePolicyRemove.
         * @constructor
         * @param {felix.ActivePolicyRemove.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ActivePolicyRemove = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ActivePolicyRemove id.
         * @member {felix.PolicyID.$Properties|null|undefined} id
         * @memberof felix.ActivePolicyRemove
         * @instance
         */
        ActivePolicyRemove.prototype.id = null;

        /**
         * Creates a new ActivePolicyRemove instance using the specified properties.
         * @function create
         * @memberof felix.ActivePolicyRemove
         * @static
         * @param {felix.ActivePolicyRemove.$Properties=} [properties] Properties to set
         * @returns {felix.ActivePolicyRemove} ActivePolicyRemove instance
         * @type {{
         *   (properties: felix.ActivePolicyRemove.$Shape): felix.ActivePolicyRemove & felix.ActivePolicyRemove.$Shape;
         *   (properties?: felix.ActivePolicyRemove.$Properties): felix.ActivePolicyRemove;
         * }}
         */
        ActivePolicyRemove.create = function(properties) {
            return new ActivePolicyRemove(properties);
        };

        /**
         * Encodes the specified ActivePolicyRemove message. Does not implicitly {@link felix.ActivePolicyRemove.verify|verify} messages.
         * @function encode
         * @memberof felix.ActivePolicyRemove
         * @static
         * @param {felix.ActivePolicyRemove.$Properties} message ActivePolicyRemove message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ActivePolicyRemove.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                $root.felix.PolicyID.encode(message.id, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an ActivePolicyRemove message from the specified reader or buffer.
         * @function decode
         * @memberof felix.ActivePolicyRemove
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.ActivePolicyRemove & felix.ActivePolicyRemove.$Shape} ActivePolicyRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ActivePolicyRemove.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.ActivePolicyRemove();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.id = $root.felix.PolicyID.decode(reader, reader.size(), $undefined, _depth + 1, message.id);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ActivePolicyRemove;
    })();

    /**
     * IPVersion enum.
     * @name felix.IPVersion
     * @enum {number}
     * @property {number} ANY=0 ANY value
     * @property {number} IPV4=4 IPV4 value
     * @property {number} IPV6=6 IPV6 value
     */
    felix.IPVersion = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[0] = "ANY"] = 0;
        values[valuesById[4] = "IPV4"] = 4;
        values[valuesById[6] = "IPV6"] = 6;
        return values;
    })();

    felix.Protocol = (function() {

        /**
         * Properties of a Protocol.
         * @typedef {Object} felix.Protocol.$Properties
         * @property {number|null} [number] Protocol number
         * @property {string|null} [name] Protocol name
         * @property {"number"|"name"} [numberOrName] Protocol numberOrName
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Protocol.
         * @memberof felix
         * @interface IProtocol
         * @augments felix.Protocol.$Properties
         * @deprecated Use felix.Protocol.$Properties instead.
         */

        /**
         * Narrowed shape of a Protocol.
         * @typedef {{
         *   number?: number|null;
         *   name?: string|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ numberOrName?: undefined; number?: null; name?: null }|{ numberOrName?: "number"; number: number; name?: null }|{ numberOrName?: "name"; number?: null; name: string })
         * )} felix.Protocol.$Shape
         */

        /**
         * Constructs a new Protocol.
         * @memberof felix
         * @classdesc Represents a Protocol.
         * @constructor
         * @param {felix.Protocol.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Protocol = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Protocol number.
         * @member {number|null|undefined} number
         * @memberof felix.Protocol
         * @instance
         */
        Protocol.prototype.number = null;

        /**
         * Protocol name.
         * @member {string|null|undefined} name
         * @memberof felix.Protocol
         * @instance
         */
        Protocol.prototype.name = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Protocol numberOrName.
         * @member {"number"|"name"|undefined} numberOrName
         * @memberof felix.Protocol
         * @instance
         */
        $Object.defineProperty(Protocol.prototype, "numberOrName", {
            get: $util.oneOfGetter($oneOfFields = ["number", "name"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Protocol instance using the specified properties.
         * @function create
         * @memberof felix.Protocol
         * @static
         * @param {felix.Protocol.$Properties=} [properties] Properties to set
         * @returns {felix.Protocol} Protocol instance
         * @type {{
         *   (properties: felix.Protocol.$Shape): felix.Protocol & felix.Protocol.$Shape;
         *   (properties?: felix.Protocol.$Properties): felix.Protocol;
         * }}
         */
        Protocol.create = function(properties) {
            return new Protocol(properties);
        };

        /**
         * Encodes the specified Protocol message. Does not implicitly {@link felix.Protocol.verify|verify} messages.
         * @function encode
         * @memberof felix.Protocol
         * @static
         * @param {felix.Protocol.$Properties} message Protocol message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Protocol.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.number != null && $Object.hasOwnProperty.call(message, "number"))
                writer.uint32(/* id 1, wireType 0 =*/8).int32(message.number);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Protocol message from the specified reader or buffer.
         * @function decode
         * @memberof felix.Protocol
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.Protocol & felix.Protocol.$Shape} Protocol
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Protocol.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.Protocol();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.number = reader.int32();
                        message.numberOrName = "number";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.name = reader.stringVerify();
                        message.numberOrName = "name";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Protocol;
    })();

    felix.PortRange = (function() {

        /**
         * Properties of a PortRange.
         * @typedef {Object} felix.PortRange.$Properties
         * @property {number|null} [first] PortRange first
         * @property {number|null} [last] PortRange last
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a PortRange.
         * @memberof felix
         * @interface IPortRange
         * @augments felix.PortRange.$Properties
         * @deprecated Use felix.PortRange.$Properties instead.
         */

        /**
         * Shape of a PortRange.
         * @typedef {felix.PortRange.$Properties} felix.PortRange.$Shape
         */

        /**
         * Constructs a new PortRange.
         * @memberof felix
         * @classdesc Represents a PortRange.
         * @constructor
         * @param {felix.PortRange.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const PortRange = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * PortRange first.
         * @member {number} first
         * @memberof felix.PortRange
         * @instance
         */
        PortRange.prototype.first = 0;

        /**
         * PortRange last.
         * @member {number} last
         * @memberof felix.PortRange
         * @instance
         */
        PortRange.prototype.last = 0;

        /**
         * Creates a new PortRange instance using the specified properties.
         * @function create
         * @memberof felix.PortRange
         * @static
         * @param {felix.PortRange.$Properties=} [properties] Properties to set
         * @returns {felix.PortRange} PortRange instance
         * @type {{
         *   (properties: felix.PortRange.$Shape): felix.PortRange & felix.PortRange.$Shape;
         *   (properties?: felix.PortRange.$Properties): felix.PortRange;
         * }}
         */
        PortRange.create = function(properties) {
            return new PortRange(properties);
        };

        /**
         * Encodes the specified PortRange message. Does not implicitly {@link felix.PortRange.verify|verify} messages.
         * @function encode
         * @memberof felix.PortRange
         * @static
         * @param {felix.PortRange.$Properties} message PortRange message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        PortRange.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.first != null && $Object.hasOwnProperty.call(message, "first") && message.first !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).int32(message.first);
            if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).int32(message.last);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a PortRange message from the specified reader or buffer.
         * @function decode
         * @memberof felix.PortRange
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.PortRange & felix.PortRange.$Shape} PortRange
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        PortRange.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.PortRange();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.first = value;
                        else
                            delete message.first;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.last = value;
                        else
                            delete message.last;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return PortRange;
    })();

    felix.IcmpTypeAndCode = (function() {

        /**
         * Properties of an IcmpTypeAndCode.
         * @typedef {Object} felix.IcmpTypeAndCode.$Properties
         * @property {number|null} [type] IcmpTypeAndCode type
         * @property {number|null} [code] IcmpTypeAndCode code
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an IcmpTypeAndCode.
         * @memberof felix
         * @interface IIcmpTypeAndCode
         * @augments felix.IcmpTypeAndCode.$Properties
         * @deprecated Use felix.IcmpTypeAndCode.$Properties instead.
         */

        /**
         * Shape of an IcmpTypeAndCode.
         * @typedef {felix.IcmpTypeAndCode.$Properties} felix.IcmpTypeAndCode.$Shape
         */

        /**
         * Constructs a new IcmpTypeAndCode.
         * @memberof felix
         * @classdesc Represents an IcmpTypeAndCode.
         * @constructor
         * @param {felix.IcmpTypeAndCode.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const IcmpTypeAndCode = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * IcmpTypeAndCode type.
         * @member {number} type
         * @memberof felix.IcmpTypeAndCode
         * @instance
         */
        IcmpTypeAndCode.prototype.type = 0;

        /**
         * IcmpTypeAndCode code.
         * @member {number} code
         * @memberof felix.IcmpTypeAndCode
         * @instance
         */
        IcmpTypeAndCode.prototype.code = 0;

        /**
         * Creates a new IcmpTypeAndCode instance using the specified properties.
         * @function create
         * @memberof felix.IcmpTypeAndCode
         * @static
         * @param {felix.IcmpTypeAndCode.$Properties=} [properties] Properties to set
         * @returns {felix.IcmpTypeAndCode} IcmpTypeAndCode instance
         * @type {{
         *   (properties: felix.IcmpTypeAndCode.$Shape): felix.IcmpTypeAndCode & felix.IcmpTypeAndCode.$Shape;
         *   (properties?: felix.IcmpTypeAndCode.$Properties): felix.IcmpTypeAndCode;
         * }}
         */
        IcmpTypeAndCode.create = function(properties) {
            return new IcmpTypeAndCode(properties);
        };

        /**
         * Encodes the specified IcmpTypeAndCode message. Does not implicitly {@link felix.IcmpTypeAndCode.verify|verify} messages.
         * @function encode
         * @memberof felix.IcmpTypeAndCode
         * @static
         * @param {felix.IcmpTypeAndCode.$Properties} message IcmpTypeAndCode message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        IcmpTypeAndCode.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).int32(message.type);
            if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).int32(message.code);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an IcmpTypeAndCode message from the specified reader or buffer.
         * @function decode
         * @memberof felix.IcmpTypeAndCode
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.IcmpTypeAndCode & felix.IcmpTypeAndCode.$Shape} IcmpTypeAndCode
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        IcmpTypeAndCode.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.IcmpTypeAndCode();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.type = value;
                        else
                            delete message.type;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.code = value;
                        else
                            delete message.code;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return IcmpTypeAndCode;
    })();

    felix.ServiceAccountMatch = (function() {

        /**
         * Properties of a ServiceAccountMatch.
         * @typedef {Object} felix.ServiceAccountMatch.$Properties
         * @property {string|null} [selector] ServiceAccountMatch selector
         * @property {Array.<string>|null} [names] ServiceAccountMatch names
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ServiceAccountMatch.
         * @memberof felix
         * @interface IServiceAccountMatch
         * @augments felix.ServiceAccountMatch.$Properties
         * @deprecated Use felix.ServiceAccountMatch.$Properties instead.
         */

        /**
         * Shape of a ServiceAccountMatch.
         * @typedef {felix.ServiceAccountMatch.$Properties} felix.ServiceAccountMatch.$Shape
         */

        /**
         * Constructs a new ServiceAccountMatch.
         * @memberof felix
         * @classdesc Represents a ServiceAccountMatch.
         * @constructor
         * @param {felix.ServiceAccountMatch.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ServiceAccountMatch = function (properties) {
            this.names = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ServiceAccountMatch selector.
         * @member {string} selector
         * @memberof felix.ServiceAccountMatch
         * @instance
         */
        ServiceAccountMatch.prototype.selector = "";

        /**
         * ServiceAccountMatch names.
         * @member {Array.<string>} names
         * @memberof felix.ServiceAccountMatch
         * @instance
         */
        ServiceAccountMatch.prototype.names = $util.emptyArray;

        /**
         * Creates a new ServiceAccountMatch instance using the specified properties.
         * @function create
         * @memberof felix.ServiceAccountMatch
         * @static
         * @param {felix.ServiceAccountMatch.$Properties=} [properties] Properties to set
         * @returns {felix.ServiceAccountMatch} ServiceAccountMatch instance
         * @type {{
         *   (properties: felix.ServiceAccountMatch.$Shape): felix.ServiceAccountMatch & felix.ServiceAccountMatch.$Shape;
         *   (properties?: felix.ServiceAccountMatch.$Properties): felix.ServiceAccountMatch;
         * }}
         */
        ServiceAccountMatch.create = function(properties) {
            return new ServiceAccountMatch(properties);
        };

        /**
         * Encodes the specified ServiceAccountMatch message. Does not implicitly {@link felix.ServiceAccountMatch.verify|verify} messages.
         * @function encode
         * @memberof felix.ServiceAccountMatch
         * @static
         * @param {felix.ServiceAccountMatch.$Properties} message ServiceAccountMatch message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ServiceAccountMatch.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.selector != null && $Object.hasOwnProperty.call(message, "selector") && message.selector !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.selector);
            if (message.names != null && message.names.length)
                for (let i = 0; i < message.names.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.names[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ServiceAccountMatch message from the specified reader or buffer.
         * @function decode
         * @memberof felix.ServiceAccountMatch
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.ServiceAccountMatch & felix.ServiceAccountMatch.$Shape} ServiceAccountMatch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ServiceAccountMatch.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.ServiceAccountMatch();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.selector = value;
                        else
                            delete message.selector;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.names && message.names.length))
                            message.names = [];
                        message.names.push(reader.stringVerify());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ServiceAccountMatch;
    })();

    felix.HTTPMatch = (function() {

        /**
         * Properties of a HTTPMatch.
         * @typedef {Object} felix.HTTPMatch.$Properties
         * @property {Array.<string>|null} [methods] HTTPMatch methods
         * @property {Array.<felix.HTTPMatch.PathMatch.$Properties>|null} [paths] HTTPMatch paths
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HTTPMatch.
         * @memberof felix
         * @interface IHTTPMatch
         * @augments felix.HTTPMatch.$Properties
         * @deprecated Use felix.HTTPMatch.$Properties instead.
         */

        /**
         * Shape of a HTTPMatch.
         * @typedef {{
         *   methods?: Array.<string>|null;
         *   paths?: Array.<felix.HTTPMatch.PathMatch.$Shape>|null;
         *   $unknowns?: Array.<Uint8Array>;
         * }} felix.HTTPMatch.$Shape
         */

        /**
         * Constructs a new HTTPMatch.
         * @memberof felix
         * @classdesc Represents a HTTPMatch.
         * @constructor
         * @param {felix.HTTPMatch.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HTTPMatch = function (properties) {
            this.methods = [];
            this.paths = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HTTPMatch methods.
         * @member {Array.<string>} methods
         * @memberof felix.HTTPMatch
         * @instance
         */
        HTTPMatch.prototype.methods = $util.emptyArray;

        /**
         * HTTPMatch paths.
         * @member {Array.<felix.HTTPMatch.PathMatch.$Properties>} paths
         * @memberof felix.HTTPMatch
         * @instance
         */
        HTTPMatch.prototype.paths = $util.emptyArray;

        /**
         * Creates a new HTTPMatch instance using the specified properties.
         * @function create
         * @memberof felix.HTTPMatch
         * @static
         * @param {felix.HTTPMatch.$Properties=} [properties] Properties to set
         * @returns {felix.HTTPMatch} HTTPMatch instance
         * @type {{
         *   (properties: felix.HTTPMatch.$Shape): felix.HTTPMatch & felix.HTTPMatch.$Shape;
         *   (properties?: felix.HTTPMatch.$Properties): felix.HTTPMatch;
         * }}
         */
        HTTPMatch.create = function(properties) {
            return new HTTPMatch(properties);
        };

        /**
         * Encodes the specified HTTPMatch message. Does not implicitly {@link felix.HTTPMatch.verify|verify} messages.
         * @function encode
         * @memberof felix.HTTPMatch
         * @static
         * @param {felix.HTTPMatch.$Properties} message HTTPMatch message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HTTPMatch.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.methods != null && message.methods.length)
                for (let i = 0; i < message.methods.length; ++i)
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.methods[i]);
            if (message.paths != null && message.paths.length)
                for (let i = 0; i < message.paths.length; ++i)
                    $root.felix.HTTPMatch.PathMatch.encode(message.paths[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HTTPMatch message from the specified reader or buffer.
         * @function decode
         * @memberof felix.HTTPMatch
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.HTTPMatch & felix.HTTPMatch.$Shape} HTTPMatch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HTTPMatch.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.HTTPMatch();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (!(message.methods && message.methods.length))
                            message.methods = [];
                        message.methods.push(reader.stringVerify());
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.paths && message.paths.length))
                            message.paths = [];
                        message.paths.push($root.felix.HTTPMatch.PathMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        HTTPMatch.PathMatch = (function() {

            /**
             * Properties of a PathMatch.
             * @typedef {Object} felix.HTTPMatch.PathMatch.$Properties
             * @property {string|null} [exact] PathMatch exact
             * @property {string|null} [prefix] PathMatch prefix
             * @property {"exact"|"prefix"} [pathMatch] PathMatch pathMatch
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PathMatch.
             * @memberof felix.HTTPMatch
             * @interface IPathMatch
             * @augments felix.HTTPMatch.PathMatch.$Properties
             * @deprecated Use felix.HTTPMatch.PathMatch.$Properties instead.
             */

            /**
             * Narrowed shape of a PathMatch.
             * @typedef {{
             *   exact?: string|null;
             *   prefix?: string|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ pathMatch?: undefined; exact?: null; prefix?: null }|{ pathMatch?: "exact"; exact: string; prefix?: null }|{ pathMatch?: "prefix"; exact?: null; prefix: string })
             * )} felix.HTTPMatch.PathMatch.$Shape
             */

            /**
             * Constructs a new PathMatch.
             * @memberof felix.HTTPMatch
             * @classdesc Represents a PathMatch.
             * @constructor
             * @param {felix.HTTPMatch.PathMatch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PathMatch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PathMatch exact.
             * @member {string|null|undefined} exact
             * @memberof felix.HTTPMatch.PathMatch
             * @instance
             */
            PathMatch.prototype.exact = null;

            /**
             * PathMatch prefix.
             * @member {string|null|undefined} prefix
             * @memberof felix.HTTPMatch.PathMatch
             * @instance
             */
            PathMatch.prototype.prefix = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * PathMatch pathMatch.
             * @member {"exact"|"prefix"|undefined} pathMatch
             * @memberof felix.HTTPMatch.PathMatch
             * @instance
             */
            $Object.defineProperty(PathMatch.prototype, "pathMatch", {
                get: $util.oneOfGetter($oneOfFields = ["exact", "prefix"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new PathMatch instance using the specified properties.
             * @function create
             * @memberof felix.HTTPMatch.PathMatch
             * @static
             * @param {felix.HTTPMatch.PathMatch.$Properties=} [properties] Properties to set
             * @returns {felix.HTTPMatch.PathMatch} PathMatch instance
             * @type {{
             *   (properties: felix.HTTPMatch.PathMatch.$Shape): felix.HTTPMatch.PathMatch & felix.HTTPMatch.PathMatch.$Shape;
             *   (properties?: felix.HTTPMatch.PathMatch.$Properties): felix.HTTPMatch.PathMatch;
             * }}
             */
            PathMatch.create = function(properties) {
                return new PathMatch(properties);
            };

            /**
             * Encodes the specified PathMatch message. Does not implicitly {@link felix.HTTPMatch.PathMatch.verify|verify} messages.
             * @function encode
             * @memberof felix.HTTPMatch.PathMatch
             * @static
             * @param {felix.HTTPMatch.PathMatch.$Properties} message PathMatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PathMatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.exact != null && $Object.hasOwnProperty.call(message, "exact"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.exact);
                if (message.prefix != null && $Object.hasOwnProperty.call(message, "prefix"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.prefix);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PathMatch message from the specified reader or buffer.
             * @function decode
             * @memberof felix.HTTPMatch.PathMatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {felix.HTTPMatch.PathMatch & felix.HTTPMatch.PathMatch.$Shape} PathMatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PathMatch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.felix.HTTPMatch.PathMatch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.exact = reader.stringVerify();
                            message.pathMatch = "exact";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.prefix = reader.stringVerify();
                            message.pathMatch = "prefix";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PathMatch;
        })();

        return HTTPMatch;
    })();

    felix.RuleMetadata = (function() {

        /**
         * Properties of a RuleMetadata.
         * @typedef {Object} felix.RuleMetadata.$Properties
         * @property {Object.<string,string>|null} [annotations] RuleMetadata annotations
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a RuleMetadata.
         * @memberof felix
         * @interface IRuleMetadata
         * @augments felix.RuleMetadata.$Properties
         * @deprecated Use felix.RuleMetadata.$Properties instead.
         */

        /**
         * Shape of a RuleMetadata.
         * @typedef {felix.RuleMetadata.$Properties} felix.RuleMetadata.$Shape
         */

        /**
         * Constructs a new RuleMetadata.
         * @memberof felix
         * @classdesc Represents a RuleMetadata.
         * @constructor
         * @param {felix.RuleMetadata.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const RuleMetadata = function (properties) {
            this.annotations = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * RuleMetadata annotations.
         * @member {Object.<string,string>} annotations
         * @memberof felix.RuleMetadata
         * @instance
         */
        RuleMetadata.prototype.annotations = $util.emptyObject;

        /**
         * Creates a new RuleMetadata instance using the specified properties.
         * @function create
         * @memberof felix.RuleMetadata
         * @static
         * @param {felix.RuleMetadata.$Properties=} [properties] Properties to set
         * @returns {felix.RuleMetadata} RuleMetadata instance
         * @type {{
         *   (properties: felix.RuleMetadata.$Shape): felix.RuleMetadata & felix.RuleMetadata.$Shape;
         *   (properties?: felix.RuleMetadata.$Properties): felix.RuleMetadata;
         * }}
         */
        RuleMetadata.create = function(properties) {
            return new RuleMetadata(properties);
        };

        /**
         * Encodes the specified RuleMetadata message. Does not implicitly {@link felix.RuleMetadata.verify|verify} messages.
         * @function encode
         * @memberof felix.RuleMetadata
         * @static
         * @param {felix.RuleMetadata.$Properties} message RuleMetadata message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        RuleMetadata.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
                for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
                    writer.uint32(/* id 1, wireType 2 =*/10).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.annotations[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a RuleMetadata message from the specified reader or buffer.
         * @function decode
         * @memberof felix.RuleMetadata
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.RuleMetadata & felix.RuleMetadata.$Shape} RuleMetadata
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        RuleMetadata.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, key, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.RuleMetadata();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if (message.annotations === $util.emptyObject)
                            message.annotations = {};
                        let end2 = reader.size() + reader.pos;
                        if (end2 > reader.len)
                            throw $RangeError("index out of range");
                        reader.len = end2;
                        key = "";
                        value = "";
                        while (reader.pos < end2) {
                            let tag2 = reader.tag();
                            wireType = tag2 & 7;
                            switch (tag2 >>>= 3) {
                            case 1:
                                if (wireType !== 2)
                                    break;
                                key = reader.stringVerify();
                                continue;
                            case 2:
                                if (wireType !== 2)
                                    break;
                                value = reader.stringVerify();
                                continue;
                            }
                            reader.skipType(wireType, _depth, tag2);
                        }
                        if (reader.pos !== end2)
                            throw $RangeError("index out of range");
                        reader.len = end;
                        if (key === "__proto__")
                            $util.makeProp(message.annotations, key);
                        message.annotations[key] = value;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return RuleMetadata;
    })();

    felix.Rule = (function() {

        /**
         * Properties of a Rule.
         * @typedef {Object} felix.Rule.$Properties
         * @property {string|null} [action] Rule action
         * @property {felix.IPVersion|null} [ipVersion] Rule ipVersion
         * @property {felix.Protocol.$Properties|null} [protocol] Rule protocol
         * @property {Array.<string>|null} [srcNet] Rule srcNet
         * @property {Array.<felix.PortRange.$Properties>|null} [srcPorts] Rule srcPorts
         * @property {Array.<string>|null} [dstNet] Rule dstNet
         * @property {Array.<felix.PortRange.$Properties>|null} [dstPorts] Rule dstPorts
         * @property {number|null} [icmpType] Rule icmpType
         * @property {felix.IcmpTypeAndCode.$Properties|null} [icmpTypeCode] Rule icmpTypeCode
         * @property {Array.<string>|null} [srcIpSetIds] Rule srcIpSetIds
         * @property {Array.<string>|null} [dstIpSetIds] Rule dstIpSetIds
         * @property {Array.<string>|null} [srcNamedPortIpSetIds] Rule srcNamedPortIpSetIds
         * @property {Array.<string>|null} [dstNamedPortIpSetIds] Rule dstNamedPortIpSetIds
         * @property {Array.<string>|null} [dstIpPortSetIds] Rule dstIpPortSetIds
         * @property {felix.Protocol.$Properties|null} [notProtocol] Rule notProtocol
         * @property {Array.<string>|null} [notSrcNet] Rule notSrcNet
         * @property {Array.<felix.PortRange.$Properties>|null} [notSrcPorts] Rule notSrcPorts
         * @property {Array.<string>|null} [notDstNet] Rule notDstNet
         * @property {Array.<felix.PortRange.$Properties>|null} [notDstPorts] Rule notDstPorts
         * @property {number|null} [notIcmpType] Rule notIcmpType
         * @property {felix.IcmpTypeAndCode.$Properties|null} [notIcmpTypeCode] Rule notIcmpTypeCode
         * @property {Array.<string>|null} [notSrcIpSetIds] Rule notSrcIpSetIds
         * @property {Array.<string>|null} [notDstIpSetIds] Rule notDstIpSetIds
         * @property {Array.<string>|null} [notSrcNamedPortIpSetIds] Rule notSrcNamedPortIpSetIds
         * @property {Array.<string>|null} [notDstNamedPortIpSetIds] Rule notDstNamedPortIpSetIds
         * @property {string|null} [originalSrcSelector] Rule originalSrcSelector
         * @property {string|null} [originalDstSelector] Rule originalDstSelector
         * @property {string|null} [originalSrcNamespaceSelector] Rule originalSrcNamespaceSelector
         * @property {string|null} [originalDstNamespaceSelector] Rule originalDstNamespaceSelector
         * @property {string|null} [originalNotSrcSelector] Rule originalNotSrcSelector
         * @property {string|null} [originalNotDstSelector] Rule originalNotDstSelector
         * @property {felix.ServiceAccountMatch.$Properties|null} [srcServiceAccountMatch] Rule srcServiceAccountMatch
         * @property {felix.ServiceAccountMatch.$Properties|null} [dstServiceAccountMatch] Rule dstServiceAccountMatch
         * @property {felix.HTTPMatch.$Properties|null} [httpMatch] Rule httpMatch
         * @property {felix.RuleMetadata.$Properties|null} [metadata] Rule metadata
         * @property {string|null} [originalDstService] Rule originalDstService
         * @property {string|null} [originalDstServiceNamespace] Rule originalDstServiceNamespace
         * @property {string|null} [originalSrcService] Rule originalSrcService
         * @property {string|null} [originalSrcServiceNamespace] Rule originalSrcServiceNamespace
         * @property {string|null} [ruleId] Rule ruleId
         * @property {"icmpType"|"icmpTypeCode"} [icmp] Rule icmp
         * @property {"notIcmpType"|"notIcmpTypeCode"} [notIcmp] Rule notIcmp
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Rule.
         * @memberof felix
         * @interface IRule
         * @augments felix.Rule.$Properties
         * @deprecated Use felix.Rule.$Properties instead.
         */

        /**
         * Narrowed shape of a Rule.
         * @typedef {{
         *   action?: string|null;
         *   ipVersion?: felix.IPVersion|null;
         *   protocol?: felix.Protocol.$Shape|null;
         *   srcNet?: Array.<string>|null;
         *   srcPorts?: Array.<felix.PortRange.$Shape>|null;
         *   dstNet?: Array.<string>|null;
         *   dstPorts?: Array.<felix.PortRange.$Shape>|null;
         *   icmpType?: number|null;
         *   icmpTypeCode?: felix.IcmpTypeAndCode.$Shape|null;
         *   srcIpSetIds?: Array.<string>|null;
         *   dstIpSetIds?: Array.<string>|null;
         *   srcNamedPortIpSetIds?: Array.<string>|null;
         *   dstNamedPortIpSetIds?: Array.<string>|null;
         *   dstIpPortSetIds?: Array.<string>|null;
         *   notProtocol?: felix.Protocol.$Shape|null;
         *   notSrcNet?: Array.<string>|null;
         *   notSrcPorts?: Array.<felix.PortRange.$Shape>|null;
         *   notDstNet?: Array.<string>|null;
         *   notDstPorts?: Array.<felix.PortRange.$Shape>|null;
         *   notIcmpType?: number|null;
         *   notIcmpTypeCode?: felix.IcmpTypeAndCode.$Shape|null;
         *   notSrcIpSetIds?: Array.<string>|null;
         *   notDstIpSetIds?: Array.<string>|null;
         *   notSrcNamedPortIpSetIds?: Array.<string>|null;
         *   notDstNamedPortIpSetIds?: Array.<string>|null;
         *   originalSrcSelector?: string|null;
         *   originalDstSelector?: string|null;
         *   originalSrcNamespaceSelector?: string|null;
         *   originalDstNamespaceSelector?: string|null;
         *   originalNotSrcSelector?: string|null;
         *   originalNotDstSelector?: string|null;
         *   srcServiceAccountMatch?: felix.ServiceAccountMatch.$Shape|null;
         *   dstServiceAccountMatch?: felix.ServiceAccountMatch.$Shape|null;
         *   httpMatch?: felix.HTTPMatch.$Shape|null;
         *   metadata?: felix.RuleMetadata.$Shape|null;
         *   originalDstService?: string|null;
         *   originalDstServiceNamespace?: string|null;
         *   originalSrcService?: string|null;
         *   originalSrcServiceNamespace?: string|null;
         *   ruleId?: string|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ icmp?: undefined; icmpType?: null; icmpTypeCode?: null }|{ icmp?: "icmpType"; icmpType: number; icmpTypeCode?: null }|{ icmp?: "icmpTypeCode"; icmpType?: null; icmpTypeCode: felix.IcmpTypeAndCode.$Shape })
         * ) & (
         *   ({ notIcmp?: undefined; notIcmpType?: null; notIcmpTypeCode?: null }|{ notIcmp?: "notIcmpType"; notIcmpType: number; notIcmpTypeCode?: null }|{ notIcmp?: "notIcmpTypeCode"; notIcmpType?: null; notIcmpTypeCode: felix.IcmpTypeAndCode.$Shape })
         * )} felix.Rule.$Shape
         */

        /**
         * Constructs a new Rule.
         * @memberof felix
         * @classdesc Represents a Rule.
         * @constructor
         * @param {felix.Rule.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Rule = function (properties) {
            this.srcNet = [];
            this.srcPorts = [];
            this.dstNet = [];
            this.dstPorts = [];
            this.srcIpSetIds = [];
            this.dstIpSetIds = [];
            this.srcNamedPortIpSetIds = [];
            this.dstNamedPortIpSetIds = [];
            this.dstIpPortSetIds = [];
            this.notSrcNet = [];
            this.notSrcPorts = [];
            this.notDstNet = [];
            this.notDstPorts = [];
            this.notSrcIpSetIds = [];
            this.notDstIpSetIds = [];
            this.notSrcNamedPortIpSetIds = [];
            this.notDstNamedPortIpSetIds = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Rule action.
         * @member {string} action
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.action = "";

        /**
         * Rule ipVersion.
         * @member {felix.IPVersion} ipVersion
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.ipVersion = 0;

        /**
         * Rule protocol.
         * @member {felix.Protocol.$Properties|null|undefined} protocol
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.protocol = null;

        /**
         * Rule srcNet.
         * @member {Array.<string>} srcNet
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.srcNet = $util.emptyArray;

        /**
         * Rule srcPorts.
         * @member {Array.<felix.PortRange.$Properties>} srcPorts
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.srcPorts = $util.emptyArray;

        /**
         * Rule dstNet.
         * @member {Array.<string>} dstNet
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.dstNet = $util.emptyArray;

        /**
         * Rule dstPorts.
         * @member {Array.<felix.PortRange.$Properties>} dstPorts
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.dstPorts = $util.emptyArray;

        /**
         * Rule icmpType.
         * @member {number|null|undefined} icmpType
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.icmpType = null;

        /**
         * Rule icmpTypeCode.
         * @member {felix.IcmpTypeAndCode.$Properties|null|undefined} icmpTypeCode
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.icmpTypeCode = null;

        /**
         * Rule srcIpSetIds.
         * @member {Array.<string>} srcIpSetIds
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.srcIpSetIds = $util.emptyArray;

        /**
         * Rule dstIpSetIds.
         * @member {Array.<string>} dstIpSetIds
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.dstIpSetIds = $util.emptyArray;

        /**
         * Rule srcNamedPortIpSetIds.
         * @member {Array.<string>} srcNamedPortIpSetIds
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.srcNamedPortIpSetIds = $util.emptyArray;

        /**
         * Rule dstNamedPortIpSetIds.
         * @member {Array.<string>} dstNamedPortIpSetIds
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.dstNamedPortIpSetIds = $util.emptyArray;

        /**
         * Rule dstIpPortSetIds.
         * @member {Array.<string>} dstIpPortSetIds
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.dstIpPortSetIds = $util.emptyArray;

        /**
         * Rule notProtocol.
         * @member {felix.Protocol.$Properties|null|undefined} notProtocol
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notProtocol = null;

        /**
         * Rule notSrcNet.
         * @member {Array.<string>} notSrcNet
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notSrcNet = $util.emptyArray;

        /**
         * Rule notSrcPorts.
         * @member {Array.<felix.PortRange.$Properties>} notSrcPorts
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notSrcPorts = $util.emptyArray;

        /**
         * Rule notDstNet.
         * @member {Array.<string>} notDstNet
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notDstNet = $util.emptyArray;

        /**
         * Rule notDstPorts.
         * @member {Array.<felix.PortRange.$Properties>} notDstPorts
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notDstPorts = $util.emptyArray;

        /**
         * Rule notIcmpType.
         * @member {number|null|undefined} notIcmpType
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notIcmpType = null;

        /**
         * Rule notIcmpTypeCode.
         * @member {felix.IcmpTypeAndCode.$Properties|null|undefined} notIcmpTypeCode
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notIcmpTypeCode = null;

        /**
         * Rule notSrcIpSetIds.
         * @member {Array.<string>} notSrcIpSetIds
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notSrcIpSetIds = $util.emptyArray;

        /**
         * Rule notDstIpSetIds.
         * @member {Array.<string>} notDstIpSetIds
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notDstIpSetIds = $util.emptyArray;

        /**
         * Rule notSrcNamedPortIpSetIds.
         * @member {Array.<string>} notSrcNamedPortIpSetIds
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notSrcNamedPortIpSetIds = $util.emptyArray;

        /**
         * Rule notDstNamedPortIpSetIds.
         * @member {Array.<string>} notDstNamedPortIpSetIds
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.notDstNamedPortIpSetIds = $util.emptyArray;

        /**
         * Rule originalSrcSelector.
         * @member {string} originalSrcSelector
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalSrcSelector = "";

        /**
         * Rule originalDstSelector.
         * @member {string} originalDstSelector
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalDstSelector = "";

        /**
         * Rule originalSrcNamespaceSelector.
         * @member {string} originalSrcNamespaceSelector
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalSrcNamespaceSelector = "";

        /**
         * Rule originalDstNamespaceSelector.
         * @member {string} originalDstNamespaceSelector
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalDstNamespaceSelector = "";

        /**
         * Rule originalNotSrcSelector.
         * @member {string} originalNotSrcSelector
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalNotSrcSelector = "";

        /**
         * Rule originalNotDstSelector.
         * @member {string} originalNotDstSelector
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalNotDstSelector = "";

        /**
         * Rule srcServiceAccountMatch.
         * @member {felix.ServiceAccountMatch.$Properties|null|undefined} srcServiceAccountMatch
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.srcServiceAccountMatch = null;

        /**
         * Rule dstServiceAccountMatch.
         * @member {felix.ServiceAccountMatch.$Properties|null|undefined} dstServiceAccountMatch
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.dstServiceAccountMatch = null;

        /**
         * Rule httpMatch.
         * @member {felix.HTTPMatch.$Properties|null|undefined} httpMatch
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.httpMatch = null;

        /**
         * Rule metadata.
         * @member {felix.RuleMetadata.$Properties|null|undefined} metadata
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.metadata = null;

        /**
         * Rule originalDstService.
         * @member {string} originalDstService
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalDstService = "";

        /**
         * Rule originalDstServiceNamespace.
         * @member {string} originalDstServiceNamespace
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalDstServiceNamespace = "";

        /**
         * Rule originalSrcService.
         * @member {string} originalSrcService
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalSrcService = "";

        /**
         * Rule originalSrcServiceNamespace.
         * @member {string} originalSrcServiceNamespace
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.originalSrcServiceNamespace = "";

        /**
         * Rule ruleId.
         * @member {string} ruleId
         * @memberof felix.Rule
         * @instance
         */
        Rule.prototype.ruleId = "";

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Rule icmp.
         * @member {"icmpType"|"icmpTypeCode"|undefined} icmp
         * @memberof felix.Rule
         * @instance
         */
        $Object.defineProperty(Rule.prototype, "icmp", {
            get: $util.oneOfGetter($oneOfFields = ["icmpType", "icmpTypeCode"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Rule notIcmp.
         * @member {"notIcmpType"|"notIcmpTypeCode"|undefined} notIcmp
         * @memberof felix.Rule
         * @instance
         */
        $Object.defineProperty(Rule.prototype, "notIcmp", {
            get: $util.oneOfGetter($oneOfFields = ["notIcmpType", "notIcmpTypeCode"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Rule instance using the specified properties.
         * @function create
         * @memberof felix.Rule
         * @static
         * @param {felix.Rule.$Properties=} [properties] Properties to set
         * @returns {felix.Rule} Rule instance
         * @type {{
         *   (properties: felix.Rule.$Shape): felix.Rule & felix.Rule.$Shape;
         *   (properties?: felix.Rule.$Properties): felix.Rule;
         * }}
         */
        Rule.create = function(properties) {
            return new Rule(properties);
        };

        /**
         * Encodes the specified Rule message. Does not implicitly {@link felix.Rule.verify|verify} messages.
         * @function encode
         * @memberof felix.Rule
         * @static
         * @param {felix.Rule.$Properties} message Rule message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Rule.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.action);
            if (message.ipVersion != null && $Object.hasOwnProperty.call(message, "ipVersion") && message.ipVersion !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).int32(message.ipVersion);
            if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol"))
                $root.felix.Protocol.encode(message.protocol, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.srcNet != null && message.srcNet.length)
                for (let i = 0; i < message.srcNet.length; ++i)
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.srcNet[i]);
            if (message.srcPorts != null && message.srcPorts.length)
                for (let i = 0; i < message.srcPorts.length; ++i)
                    $root.felix.PortRange.encode(message.srcPorts[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.dstNet != null && message.dstNet.length)
                for (let i = 0; i < message.dstNet.length; ++i)
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.dstNet[i]);
            if (message.dstPorts != null && message.dstPorts.length)
                for (let i = 0; i < message.dstPorts.length; ++i)
                    $root.felix.PortRange.encode(message.dstPorts[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.icmpType != null && $Object.hasOwnProperty.call(message, "icmpType"))
                writer.uint32(/* id 8, wireType 0 =*/64).int32(message.icmpType);
            if (message.icmpTypeCode != null && $Object.hasOwnProperty.call(message, "icmpTypeCode"))
                $root.felix.IcmpTypeAndCode.encode(message.icmpTypeCode, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.srcIpSetIds != null && message.srcIpSetIds.length)
                for (let i = 0; i < message.srcIpSetIds.length; ++i)
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.srcIpSetIds[i]);
            if (message.dstIpSetIds != null && message.dstIpSetIds.length)
                for (let i = 0; i < message.dstIpSetIds.length; ++i)
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.dstIpSetIds[i]);
            if (message.srcNamedPortIpSetIds != null && message.srcNamedPortIpSetIds.length)
                for (let i = 0; i < message.srcNamedPortIpSetIds.length; ++i)
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.srcNamedPortIpSetIds[i]);
            if (message.dstNamedPortIpSetIds != null && message.dstNamedPortIpSetIds.length)
                for (let i = 0; i < message.dstNamedPortIpSetIds.length; ++i)
                    writer.uint32(/* id 13, wireType 2 =*/106).string(message.dstNamedPortIpSetIds[i]);
            if (message.dstIpPortSetIds != null && message.dstIpPortSetIds.length)
                for (let i = 0; i < message.dstIpPortSetIds.length; ++i)
                    writer.uint32(/* id 15, wireType 2 =*/122).string(message.dstIpPortSetIds[i]);
            if (message.notProtocol != null && $Object.hasOwnProperty.call(message, "notProtocol"))
                $root.felix.Protocol.encode(message.notProtocol, writer.uint32(/* id 102, wireType 2 =*/818).fork(), _depth + 1).ldelim();
            if (message.notSrcNet != null && message.notSrcNet.length)
                for (let i = 0; i < message.notSrcNet.length; ++i)
                    writer.uint32(/* id 103, wireType 2 =*/826).string(message.notSrcNet[i]);
            if (message.notSrcPorts != null && message.notSrcPorts.length)
                for (let i = 0; i < message.notSrcPorts.length; ++i)
                    $root.felix.PortRange.encode(message.notSrcPorts[i], writer.uint32(/* id 104, wireType 2 =*/834).fork(), _depth + 1).ldelim();
            if (message.notDstNet != null && message.notDstNet.length)
                for (let i = 0; i < message.notDstNet.length; ++i)
                    writer.uint32(/* id 105, wireType 2 =*/842).string(message.notDstNet[i]);
            if (message.notDstPorts != null && message.notDstPorts.length)
                for (let i = 0; i < message.notDstPorts.length; ++i)
                    $root.felix.PortRange.encode(message.notDstPorts[i], writer.uint32(/* id 106, wireType 2 =*/850).fork(), _depth + 1).ldelim();
            if (message.notIcmpType != null && $Object.hasOwnProperty.call(message, "notIcmpType"))
                writer.uint32(/* id 107, wireType 0 =*/856).int32(message.notIcmpType);
            if (message.notIcmpTypeCode != null && $Object.hasOwnProperty.call(message, "notIcmpTypeCode"))
                $root.felix.IcmpTypeAndCode.encode(message.notIcmpTypeCode, writer.uint32(/* id 108, wireType 2 =*/866).fork(), _depth + 1).ldelim();
            if (message.notSrcIpSetIds != null && message.notSrcIpSetIds.length)
                for (let i = 0; i < message.notSrcIpSetIds.length; ++i)
                    writer.uint32(/* id 109, wireType 2 =*/874).string(message.notSrcIpSetIds[i]);
            if (message.notDstIpSetIds != null && message.notDstIpSetIds.length)
                for (let i = 0; i < message.notDstIpSetIds.length; ++i)
                    writer.uint32(/* id 110, wireType 2 =*/882).string(message.notDstIpSetIds[i]);
            if (message.notSrcNamedPortIpSetIds != null && message.notSrcNamedPortIpSetIds.length)
                for (let i = 0; i < message.notSrcNamedPortIpSetIds.length; ++i)
                    writer.uint32(/* id 112, wireType 2 =*/898).string(message.notSrcNamedPortIpSetIds[i]);
            if (message.notDstNamedPortIpSetIds != null && message.notDstNamedPortIpSetIds.length)
                for (let i = 0; i < message.notDstNamedPortIpSetIds.length; ++i)
                    writer.uint32(/* id 113, wireType 2 =*/906).string(message.notDstNamedPortIpSetIds[i]);
            if (message.originalSrcSelector != null && $Object.hasOwnProperty.call(message, "originalSrcSelector") && message.originalSrcSelector !== "")
                writer.uint32(/* id 114, wireType 2 =*/914).string(message.originalSrcSelector);
            if (message.originalDstSelector != null && $Object.hasOwnProperty.call(message, "originalDstSelector") && message.originalDstSelector !== "")
                writer.uint32(/* id 115, wireType 2 =*/922).string(message.originalDstSelector);
            if (message.originalSrcNamespaceSelector != null && $Object.hasOwnProperty.call(message, "originalSrcNamespaceSelector") && message.originalSrcNamespaceSelector !== "")
                writer.uint32(/* id 116, wireType 2 =*/930).string(message.originalSrcNamespaceSelector);
            if (message.originalDstNamespaceSelector != null && $Object.hasOwnProperty.call(message, "originalDstNamespaceSelector") && message.originalDstNamespaceSelector !== "")
                writer.uint32(/* id 117, wireType 2 =*/938).string(message.originalDstNamespaceSelector);
            if (message.originalNotSrcSelector != null && $Object.hasOwnProperty.call(message, "originalNotSrcSelector") && message.originalNotSrcSelector !== "")
                writer.uint32(/* id 118, wireType 2 =*/946).string(message.originalNotSrcSelector);
            if (message.originalNotDstSelector != null && $Object.hasOwnProperty.call(message, "originalNotDstSelector") && message.originalNotDstSelector !== "")
                writer.uint32(/* id 119, wireType 2 =*/954).string(message.originalNotDstSelector);
            if (message.srcServiceAccountMatch != null && $Object.hasOwnProperty.call(message, "srcServiceAccountMatch"))
                $root.felix.ServiceAccountMatch.encode(message.srcServiceAccountMatch, writer.uint32(/* id 120, wireType 2 =*/962).fork(), _depth + 1).ldelim();
            if (message.dstServiceAccountMatch != null && $Object.hasOwnProperty.call(message, "dstServiceAccountMatch"))
                $root.felix.ServiceAccountMatch.encode(message.dstServiceAccountMatch, writer.uint32(/* id 121, wireType 2 =*/970).fork(), _depth + 1).ldelim();
            if (message.httpMatch != null && $Object.hasOwnProperty.call(message, "httpMatch"))
                $root.felix.HTTPMatch.encode(message.httpMatch, writer.uint32(/* id 122, wireType 2 =*/978).fork(), _depth + 1).ldelim();
            if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                $root.felix.RuleMetadata.encode(message.metadata, writer.uint32(/* id 123, wireType 2 =*/986).fork(), _depth + 1).ldelim();
            if (message.originalDstService != null && $Object.hasOwnProperty.call(message, "originalDstService") && message.originalDstService !== "")
                writer.uint32(/* id 130, wireType 2 =*/1042).string(message.originalDstService);
            if (message.originalDstServiceNamespace != null && $Object.hasOwnProperty.call(message, "originalDstServiceNamespace") && message.originalDstServiceNamespace !== "")
                writer.uint32(/* id 131, wireType 2 =*/1050).string(message.originalDstServiceNamespace);
            if (message.originalSrcService != null && $Object.hasOwnProperty.call(message, "originalSrcService") && message.originalSrcService !== "")
                writer.uint32(/* id 132, wireType 2 =*/1058).string(message.originalSrcService);
            if (message.originalSrcServiceNamespace != null && $Object.hasOwnProperty.call(message, "originalSrcServiceNamespace") && message.originalSrcServiceNamespace !== "")
                writer.uint32(/* id 133, wireType 2 =*/1066).string(message.originalSrcServiceNamespace);
            if (message.ruleId != null && $Object.hasOwnProperty.call(message, "ruleId") && message.ruleId !== "")
                writer.uint32(/* id 201, wireType 2 =*/1610).string(message.ruleId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Rule message from the specified reader or buffer.
         * @function decode
         * @memberof felix.Rule
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.Rule & felix.Rule.$Shape} Rule
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Rule.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.Rule();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.action = value;
                        else
                            delete message.action;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.ipVersion = value;
                        else
                            delete message.ipVersion;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.protocol = $root.felix.Protocol.decode(reader, reader.size(), $undefined, _depth + 1, message.protocol);
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.srcNet && message.srcNet.length))
                            message.srcNet = [];
                        message.srcNet.push(reader.stringVerify());
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.srcPorts && message.srcPorts.length))
                            message.srcPorts = [];
                        message.srcPorts.push($root.felix.PortRange.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.dstNet && message.dstNet.length))
                            message.dstNet = [];
                        message.dstNet.push(reader.stringVerify());
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.dstPorts && message.dstPorts.length))
                            message.dstPorts = [];
                        message.dstPorts.push($root.felix.PortRange.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        message.icmpType = reader.int32();
                        message.icmp = "icmpType";
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.icmpTypeCode = $root.felix.IcmpTypeAndCode.decode(reader, reader.size(), $undefined, _depth + 1, message.icmpTypeCode);
                        message.icmp = "icmpTypeCode";
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        if (!(message.srcIpSetIds && message.srcIpSetIds.length))
                            message.srcIpSetIds = [];
                        message.srcIpSetIds.push(reader.stringVerify());
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        if (!(message.dstIpSetIds && message.dstIpSetIds.length))
                            message.dstIpSetIds = [];
                        message.dstIpSetIds.push(reader.stringVerify());
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        if (!(message.srcNamedPortIpSetIds && message.srcNamedPortIpSetIds.length))
                            message.srcNamedPortIpSetIds = [];
                        message.srcNamedPortIpSetIds.push(reader.stringVerify());
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if (!(message.dstNamedPortIpSetIds && message.dstNamedPortIpSetIds.length))
                            message.dstNamedPortIpSetIds = [];
                        message.dstNamedPortIpSetIds.push(reader.stringVerify());
                        continue;
                    }
                case 15: {
                        if (wireType !== 2)
                            break;
                        if (!(message.dstIpPortSetIds && message.dstIpPortSetIds.length))
                            message.dstIpPortSetIds = [];
                        message.dstIpPortSetIds.push(reader.stringVerify());
                        continue;
                    }
                case 102: {
                        if (wireType !== 2)
                            break;
                        message.notProtocol = $root.felix.Protocol.decode(reader, reader.size(), $undefined, _depth + 1, message.notProtocol);
                        continue;
                    }
                case 103: {
                        if (wireType !== 2)
                            break;
                        if (!(message.notSrcNet && message.notSrcNet.length))
                            message.notSrcNet = [];
                        message.notSrcNet.push(reader.stringVerify());
                        continue;
                    }
                case 104: {
                        if (wireType !== 2)
                            break;
                        if (!(message.notSrcPorts && message.notSrcPorts.length))
                            message.notSrcPorts = [];
                        message.notSrcPorts.push($root.felix.PortRange.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 105: {
                        if (wireType !== 2)
                            break;
                        if (!(message.notDstNet && message.notDstNet.length))
                            message.notDstNet = [];
                        message.notDstNet.push(reader.stringVerify());
                        continue;
                    }
                case 106: {
                        if (wireType !== 2)
                            break;
                        if (!(message.notDstPorts && message.notDstPorts.length))
                            message.notDstPorts = [];
                        message.notDstPorts.push($root.felix.PortRange.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 107: {
                        if (wireType !== 0)
                            break;
                        message.notIcmpType = reader.int32();
                        message.notIcmp = "notIcmpType";
                        continue;
                    }
                case 108: {
                        if (wireType !== 2)
                            break;
                        message.notIcmpTypeCode = $root.felix.IcmpTypeAndCode.decode(reader, reader.size(), $undefined, _depth + 1, message.notIcmpTypeCode);
                        message.notIcmp = "notIcmpTypeCode";
                        continue;
                    }
                case 109: {
                        if (wireType !== 2)
                            break;
                        if (!(message.notSrcIpSetIds && message.notSrcIpSetIds.length))
                            message.notSrcIpSetIds = [];
                        message.notSrcIpSetIds.push(reader.stringVerify());
                        continue;
                    }
                case 110: {
                        if (wireType !== 2)
                            break;
                        if (!(message.notDstIpSetIds && message.notDstIpSetIds.length))
                            message.notDstIpSetIds = [];
                        message.notDstIpSetIds.push(reader.stringVerify());
                        continue;
                    }
                case 112: {
                        if (wireType !== 2)
                            break;
                        if (!(message.notSrcNamedPortIpSetIds && message.notSrcNamedPortIpSetIds.length))
                            message.notSrcNamedPortIpSetIds = [];
                        message.notSrcNamedPortIpSetIds.push(reader.stringVerify());
                        continue;
                    }
                case 113: {
                        if (wireType !== 2)
                            break;
                        if (!(message.notDstNamedPortIpSetIds && message.notDstNamedPortIpSetIds.length))
                            message.notDstNamedPortIpSetIds = [];
                        message.notDstNamedPortIpSetIds.push(reader.stringVerify());
                        continue;
                    }
                case 114: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalSrcSelector = value;
                        else
                            delete message.originalSrcSelector;
                        continue;
                    }
                case 115: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalDstSelector = value;
                        else
                            delete message.originalDstSelector;
                        continue;
                    }
                case 116: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalSrcNamespaceSelector = value;
                        else
                            delete message.originalSrcNamespaceSelector;
                        continue;
                    }
                case 117: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalDstNamespaceSelector = value;
                        else
                            delete message.originalDstNamespaceSelector;
                        continue;
                    }
                case 118: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalNotSrcSelector = value;
                        else
                            delete message.originalNotSrcSelector;
                        continue;
                    }
                case 119: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalNotDstSelector = value;
                        else
                            delete message.originalNotDstSelector;
                        continue;
                    }
                case 120: {
                        if (wireType !== 2)
                            break;
                        message.srcServiceAccountMatch = $root.felix.ServiceAccountMatch.decode(reader, reader.size(), $undefined, _depth + 1, message.srcServiceAccountMatch);
                        continue;
                    }
                case 121: {
                        if (wireType !== 2)
                            break;
                        message.dstServiceAccountMatch = $root.felix.ServiceAccountMatch.decode(reader, reader.size(), $undefined, _depth + 1, message.dstServiceAccountMatch);
                        continue;
                    }
                case 122: {
                        if (wireType !== 2)
                            break;
                        message.httpMatch = $root.felix.HTTPMatch.decode(reader, reader.size(), $undefined, _depth + 1, message.httpMatch);
                        continue;
                    }
                case 123: {
                        if (wireType !== 2)
                            break;
                        message.metadata = $root.felix.RuleMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
                        continue;
                    }
                case 130: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalDstService = value;
                        else
                            delete message.originalDstService;
                        continue;
                    }
                case 131: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalDstServiceNamespace = value;
                        else
                            delete message.originalDstServiceNamespace;
                        continue;
                    }
                case 132: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalSrcService = value;
                        else
                            delete message.originalSrcService;
                        continue;
                    }
                case 133: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.originalSrcServiceNamespace = value;
                        else
                            delete message.originalSrcServiceNamespace;
                        continue;
                    }
                case 201: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.ruleId = value;
                        else
                            delete message.ruleId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Rule;
    })();

    felix.HostEndpointID = (function() {

        /**
         * Properties of a HostEndpointID.
         * @typedef {Object} felix.HostEndpointID.$Properties
         * @property {string|null} [endpointId] HostEndpointID endpointId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HostEndpointID.
         * @memberof felix
         * @interface IHostEndpointID
         * @augments felix.HostEndpointID.$Properties
         * @deprecated Use felix.HostEndpointID.$Properties instead.
         */

        /**
         * Shape of a HostEndpointID.
         * @typedef {felix.HostEndpointID.$Properties} felix.HostEndpointID.$Shape
         */

        /**
         * Constructs a new HostEndpointID.
         * @memberof felix
         * @classdesc Represents a HostEndpointID.
         * @constructor
         * @param {felix.HostEndpointID.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HostEndpointID = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HostEndpointID endpointId.
         * @member {string} endpointId
         * @memberof felix.HostEndpointID
         * @instance
         */
        HostEndpointID.prototype.endpointId = "";

        /**
         * Creates a new HostEndpointID instance using the specified properties.
         * @function create
         * @memberof felix.HostEndpointID
         * @static
         * @param {felix.HostEndpointID.$Properties=} [properties] Properties to set
         * @returns {felix.HostEndpointID} HostEndpointID instance
         * @type {{
         *   (properties: felix.HostEndpointID.$Shape): felix.HostEndpointID & felix.HostEndpointID.$Shape;
         *   (properties?: felix.HostEndpointID.$Properties): felix.HostEndpointID;
         * }}
         */
        HostEndpointID.create = function(properties) {
            return new HostEndpointID(properties);
        };

        /**
         * Encodes the specified HostEndpointID message. Does not implicitly {@link felix.HostEndpointID.verify|verify} messages.
         * @function encode
         * @memberof felix.HostEndpointID
         * @static
         * @param {felix.HostEndpointID.$Properties} message HostEndpointID message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HostEndpointID.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.endpointId != null && $Object.hasOwnProperty.call(message, "endpointId") && message.endpointId !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.endpointId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HostEndpointID message from the specified reader or buffer.
         * @function decode
         * @memberof felix.HostEndpointID
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.HostEndpointID & felix.HostEndpointID.$Shape} HostEndpointID
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HostEndpointID.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.HostEndpointID();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.endpointId = value;
                        else
                            delete message.endpointId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HostEndpointID;
    })();

    felix.TierInfo = (function() {

        /**
         * Properties of a TierInfo.
         * @typedef {Object} felix.TierInfo.$Properties
         * @property {string|null} [name] TierInfo name
         * @property {Array.<Uint8Array>|null} [ingressPolicies] TierInfo ingressPolicies
         * @property {Array.<Uint8Array>|null} [egressPolicies] TierInfo egressPolicies
         * @property {string|null} [defaultAction] TierInfo defaultAction
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a TierInfo.
         * @memberof felix
         * @interface ITierInfo
         * @augments felix.TierInfo.$Properties
         * @deprecated Use felix.TierInfo.$Properties instead.
         */

        /**
         * Shape of a TierInfo.
         * @typedef {felix.TierInfo.$Properties} felix.TierInfo.$Shape
         */

        /**
         * Constructs a new TierInfo.
         * @memberof felix
         * @classdesc Represents a TierInfo.
         * @constructor
         * @param {felix.TierInfo.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const TierInfo = function (properties) {
            this.ingressPolicies = [];
            this.egressPolicies = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * TierInfo name.
         * @member {string} name
         * @memberof felix.TierInfo
         * @instance
         */
        TierInfo.prototype.name = "";

        /**
         * TierInfo ingressPolicies.
         * @member {Array.<Uint8Array>} ingressPolicies
         * @memberof felix.TierInfo
         * @instance
         */
        TierInfo.prototype.ingressPolicies = $util.emptyArray;

        /**
         * TierInfo egressPolicies.
         * @member {Array.<Uint8Array>} egressPolicies
         * @memberof felix.TierInfo
         * @instance
         */
        TierInfo.prototype.egressPolicies = $util.emptyArray;

        /**
         * TierInfo defaultAction.
         * @member {string} defaultAction
         * @memberof felix.TierInfo
         * @instance
         */
        TierInfo.prototype.defaultAction = "";

        /**
         * Creates a new TierInfo instance using the specified properties.
         * @function create
         * @memberof felix.TierInfo
         * @static
         * @param {felix.TierInfo.$Properties=} [properties] Properties to set
         * @returns {felix.TierInfo} TierInfo instance
         * @type {{
         *   (properties: felix.TierInfo.$Shape): felix.TierInfo & felix.TierInfo.$Shape;
         *   (properties?: felix.TierInfo.$Properties): felix.TierInfo;
         * }}
         */
        TierInfo.create = function(properties) {
            return new TierInfo(properties);
        };

        /**
         * Encodes the specified TierInfo message. Does not implicitly {@link felix.TierInfo.verify|verify} messages.
         * @function encode
         * @memberof felix.TierInfo
         * @static
         * @param {felix.TierInfo.$Properties} message TierInfo message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        TierInfo.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.ingressPolicies != null && message.ingressPolicies.length)
                for (let i = 0; i < message.ingressPolicies.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.ingressPolicies[i]);
            if (message.egressPolicies != null && message.egressPolicies.length)
                for (let i = 0; i < message.egressPolicies.length; ++i)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.egressPolicies[i]);
            if (message.defaultAction != null && $Object.hasOwnProperty.call(message, "defaultAction") && message.defaultAction !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.defaultAction);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a TierInfo message from the specified reader or buffer.
         * @function decode
         * @memberof felix.TierInfo
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.TierInfo & felix.TierInfo.$Shape} TierInfo
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        TierInfo.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.TierInfo();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.ingressPolicies && message.ingressPolicies.length))
                            message.ingressPolicies = [];
                        message.ingressPolicies.push(reader.bytes());
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.egressPolicies && message.egressPolicies.length))
                            message.egressPolicies = [];
                        message.egressPolicies.push(reader.bytes());
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.defaultAction = value;
                        else
                            delete message.defaultAction;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return TierInfo;
    })();

    felix.HostEndpoint = (function() {

        /**
         * Properties of a HostEndpoint.
         * @typedef {Object} felix.HostEndpoint.$Properties
         * @property {string|null} [name] HostEndpoint name
         * @property {Array.<string>|null} [profileIds] HostEndpoint profileIds
         * @property {Array.<felix.TierInfo.$Properties>|null} [tiers] HostEndpoint tiers
         * @property {Array.<string>|null} [expectedIpv4Addrs] HostEndpoint expectedIpv4Addrs
         * @property {Array.<string>|null} [expectedIpv6Addrs] HostEndpoint expectedIpv6Addrs
         * @property {Array.<felix.TierInfo.$Properties>|null} [untrackedTiers] HostEndpoint untrackedTiers
         * @property {Array.<felix.TierInfo.$Properties>|null} [preDnatTiers] HostEndpoint preDnatTiers
         * @property {Array.<felix.TierInfo.$Properties>|null} [forwardTiers] HostEndpoint forwardTiers
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HostEndpoint.
         * @memberof felix
         * @interface IHostEndpoint
         * @augments felix.HostEndpoint.$Properties
         * @deprecated Use felix.HostEndpoint.$Properties instead.
         */

        /**
         * Shape of a HostEndpoint.
         * @typedef {felix.HostEndpoint.$Properties} felix.HostEndpoint.$Shape
         */

        /**
         * Constructs a new HostEndpoint.
         * @memberof felix
         * @classdesc Represents a HostEndpoint.
         * @constructor
         * @param {felix.HostEndpoint.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HostEndpoint = function (properties) {
            this.profileIds = [];
            this.tiers = [];
            this.expectedIpv4Addrs = [];
            this.expectedIpv6Addrs = [];
            this.untrackedTiers = [];
            this.preDnatTiers = [];
            this.forwardTiers = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HostEndpoint name.
         * @member {string} name
         * @memberof felix.HostEndpoint
         * @instance
         */
        HostEndpoint.prototype.name = "";

        /**
         * HostEndpoint profileIds.
         * @member {Array.<string>} profileIds
         * @memberof felix.HostEndpoint
         * @instance
         */
        HostEndpoint.prototype.profileIds = $util.emptyArray;

        /**
         * HostEndpoint tiers.
         * @member {Array.<felix.TierInfo.$Properties>} tiers
         * @memberof felix.HostEndpoint
         * @instance
         */
        HostEndpoint.prototype.tiers = $util.emptyArray;

        /**
         * HostEndpoint expectedIpv4Addrs.
         * @member {Array.<string>} expectedIpv4Addrs
         * @memberof felix.HostEndpoint
         * @instance
         */
        HostEndpoint.prototype.expectedIpv4Addrs = $util.emptyArray;

        /**
         * HostEndpoint expectedIpv6Addrs.
         * @member {Array.<string>} expectedIpv6Addrs
         * @memberof felix.HostEndpoint
         * @instance
         */
        HostEndpoint.prototype.expectedIpv6Addrs = $util.emptyArray;

        /**
         * HostEndpoint untrackedTiers.
         * @member {Array.<felix.TierInfo.$Properties>} untrackedTiers
         * @memberof felix.HostEndpoint
         * @instance
         */
        HostEndpoint.prototype.untrackedTiers = $util.emptyArray;

        /**
         * HostEndpoint preDnatTiers.
         * @member {Array.<felix.TierInfo.$Properties>} preDnatTiers
         * @memberof felix.HostEndpoint
         * @instance
         */
        HostEndpoint.prototype.preDnatTiers = $util.emptyArray;

        /**
         * HostEndpoint forwardTiers.
         * @member {Array.<felix.TierInfo.$Properties>} forwardTiers
         * @memberof felix.HostEndpoint
         * @instance
         */
        HostEndpoint.prototype.forwardTiers = $util.emptyArray;

        /**
         * Creates a new HostEndpoint instance using the specified properties.
         * @function create
         * @memberof felix.HostEndpoint
         * @static
         * @param {felix.HostEndpoint.$Properties=} [properties] Properties to set
         * @returns {felix.HostEndpoint} HostEndpoint instance
         * @type {{
         *   (properties: felix.HostEndpoint.$Shape): felix.HostEndpoint & felix.HostEndpoint.$Shape;
         *   (properties?: felix.HostEndpoint.$Properties): felix.HostEndpoint;
         * }}
         */
        HostEndpoint.create = function(properties) {
            return new HostEndpoint(properties);
        };

        /**
         * Encodes the specified HostEndpoint message. Does not implicitly {@link felix.HostEndpoint.verify|verify} messages.
         * @function encode
         * @memberof felix.HostEndpoint
         * @static
         * @param {felix.HostEndpoint.$Properties} message HostEndpoint message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HostEndpoint.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.profileIds != null && message.profileIds.length)
                for (let i = 0; i < message.profileIds.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.profileIds[i]);
            if (message.tiers != null && message.tiers.length)
                for (let i = 0; i < message.tiers.length; ++i)
                    $root.felix.TierInfo.encode(message.tiers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.expectedIpv4Addrs != null && message.expectedIpv4Addrs.length)
                for (let i = 0; i < message.expectedIpv4Addrs.length; ++i)
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.expectedIpv4Addrs[i]);
            if (message.expectedIpv6Addrs != null && message.expectedIpv6Addrs.length)
                for (let i = 0; i < message.expectedIpv6Addrs.length; ++i)
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.expectedIpv6Addrs[i]);
            if (message.untrackedTiers != null && message.untrackedTiers.length)
                for (let i = 0; i < message.untrackedTiers.length; ++i)
                    $root.felix.TierInfo.encode(message.untrackedTiers[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.preDnatTiers != null && message.preDnatTiers.length)
                for (let i = 0; i < message.preDnatTiers.length; ++i)
                    $root.felix.TierInfo.encode(message.preDnatTiers[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.forwardTiers != null && message.forwardTiers.length)
                for (let i = 0; i < message.forwardTiers.length; ++i)
                    $root.felix.TierInfo.encode(message.forwardTiers[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HostEndpoint message from the specified reader or buffer.
         * @function decode
         * @memberof felix.HostEndpoint
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.HostEndpoint & felix.HostEndpoint.$Shape} HostEndpoint
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HostEndpoint.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.HostEndpoint();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.profileIds && message.profileIds.length))
                            message.profileIds = [];
                        message.profileIds.push(reader.stringVerify());
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.tiers && message.tiers.length))
                            message.tiers = [];
                        message.tiers.push($root.felix.TierInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.expectedIpv4Addrs && message.expectedIpv4Addrs.length))
                            message.expectedIpv4Addrs = [];
                        message.expectedIpv4Addrs.push(reader.stringVerify());
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.expectedIpv6Addrs && message.expectedIpv6Addrs.length))
                            message.expectedIpv6Addrs = [];
                        message.expectedIpv6Addrs.push(reader.stringVerify());
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.untrackedTiers && message.untrackedTiers.length))
                            message.untrackedTiers = [];
                        message.untrackedTiers.push($root.felix.TierInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.preDnatTiers && message.preDnatTiers.length))
                            message.preDnatTiers = [];
                        message.preDnatTiers.push($root.felix.TierInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.forwardTiers && message.forwardTiers.length))
                            message.forwardTiers = [];
                        message.forwardTiers.push($root.felix.TierInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HostEndpoint;
    })();

    felix.HostEndpointUpdate = (function() {

        /**
         * Properties of a HostEndpointUpdate.
         * @typedef {Object} felix.HostEndpointUpdate.$Properties
         * @property {felix.HostEndpointID.$Properties|null} [id] HostEndpointUpdate id
         * @property {felix.HostEndpoint.$Properties|null} [endpoint] HostEndpointUpdate endpoint
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HostEndpointUpdate.
         * @memberof felix
         * @interface IHostEndpointUpdate
         * @augments felix.HostEndpointUpdate.$Properties
         * @deprecated Use felix.HostEndpointUpdate.$Properties instead.
         */

        /**
         * Shape of a HostEndpointUpdate.
         * @typedef {felix.HostEndpointUpdate.$Properties} felix.HostEndpointUpdate.$Shape
         */

        /**
         * Constructs a new HostEndpointUpdate.
         * @memberof felix
         * @classdesc Represents a HostEndpointUpdate.
         * @constructor
         * @param {felix.HostEndpointUpdate.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HostEndpointUpdate = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HostEndpointUpdate id.
         * @member {felix.HostEndpointID.$Properties|null|undefined} id
         * @memberof felix.HostEndpointUpdate
         * @instance
         */
        HostEndpointUpdate.prototype.id = null;

        /**
         * HostEndpointUpdate endpoint.
         * @member {felix.HostEndpoint.$Properties|null|undefined} endpoint
         * @memberof felix.HostEndpointUpdate
         * @instance
         */
        HostEndpointUpdate.prototype.endpoint = null;

        /**
         * Creates a new HostEndpointUpdate instance using the specified properties.
         * @function create
         * @memberof felix.HostEndpointUpdate
         * @static
         * @param {felix.HostEndpointUpdate.$Properties=} [properties] Properties to set
         * @returns {felix.HostEndpointUpdate} HostEndpointUpdate instance
         * @type {{
         *   (properties: felix.HostEndpointUpdate.$Shape): felix.HostEndpointUpdate & felix.HostEndpointUpdate.$Shape;
         *   (properties?: felix.HostEndpointUpdate.$Properties): felix.HostEndpointUpdate;
         * }}
         */
        HostEndpointUpdate.create = function(properties) {
            return new HostEndpointUpdate(properties);
        };

        /**
         * Encodes the specified HostEndpointUpdate message. Does not implicitly {@link felix.HostEndpointUpdate.verify|verify} messages.
         * @function encode
         * @memberof felix.HostEndpointUpdate
         * @static
         * @param {felix.HostEndpointUpdate.$Properties} message HostEndpointUpdate message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HostEndpointUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                $root.felix.HostEndpointID.encode(message.id, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.endpoint != null && $Object.hasOwnProperty.call(message, "endpoint"))
                $root.felix.HostEndpoint.encode(message.endpoint, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HostEndpointUpdate message from the specified reader or buffer.
         * @function decode
         * @memberof felix.HostEndpointUpdate
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.HostEndpointUpdate & felix.HostEndpointUpdate.$Shape} HostEndpointUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HostEndpointUpdate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.HostEndpointUpdate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.id = $root.felix.HostEndpointID.decode(reader, reader.size(), $undefined, _depth + 1, message.id);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.endpoint = $root.felix.HostEndpoint.decode(reader, reader.size(), $undefined, _depth + 1, message.endpoint);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HostEndpointUpdate;
    })();

    felix.HostEndpointRemove = (function() {

        /**
         * Properties of a HostEndpointRemove.
         * @typedef {Object} felix.HostEndpointRemove.$Properties
         * @property {felix.HostEndpointID.$Properties|null} [id] HostEndpointRemove id
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HostEndpointRemove.
         * @memberof felix
         * @interface IHostEndpointRemove
         * @augments felix.HostEndpointRemove.$Properties
         * @deprecated Use felix.HostEndpointRemove.$Properties instead.
         */

        /**
         * Shape of a HostEndpointRemove.
         * @typedef {felix.HostEndpointRemove.$Properties} felix.HostEndpointRemove.$Shape
         */

        /**
         * Constructs a new HostEndpointRemove.
         * @memberof felix
         * @classdesc Represents a HostEndpointRemove.
         * @constructor
         * @param {felix.HostEndpointRemove.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HostEndpointRemove = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HostEndpointRemove id.
         * @member {felix.HostEndpointID.$Properties|null|undefined} id
         * @memberof felix.HostEndpointRemove
         * @instance
         */
        HostEndpointRemove.prototype.id = null;

        /**
         * Creates a new HostEndpointRemove instance using the specified properties.
         * @function create
         * @memberof felix.HostEndpointRemove
         * @static
         * @param {felix.HostEndpointRemove.$Properties=} [properties] Properties to set
         * @returns {felix.HostEndpointRemove} HostEndpointRemove instance
         * @type {{
         *   (properties: felix.HostEndpointRemove.$Shape): felix.HostEndpointRemove & felix.HostEndpointRemove.$Shape;
         *   (properties?: felix.HostEndpointRemove.$Properties): felix.HostEndpointRemove;
         * }}
         */
        HostEndpointRemove.create = function(properties) {
            return new HostEndpointRemove(properties);
        };

        /**
         * Encodes the specified HostEndpointRemove message. Does not implicitly {@link felix.HostEndpointRemove.verify|verify} messages.
         * @function encode
         * @memberof felix.HostEndpointRemove
         * @static
         * @param {felix.HostEndpointRemove.$Properties} message HostEndpointRemove message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HostEndpointRemove.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                $root.felix.HostEndpointID.encode(message.id, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HostEndpointRemove message from the specified reader or buffer.
         * @function decode
         * @memberof felix.HostEndpointRemove
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.HostEndpointRemove & felix.HostEndpointRemove.$Shape} HostEndpointRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HostEndpointRemove.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.HostEndpointRemove();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.id = $root.felix.HostEndpointID.decode(reader, reader.size(), $undefined, _depth + 1, message.id);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HostEndpointRemove;
    })();

    felix.HostMetadataUpdate = (function() {

        /**
         * Properties of a HostMetadataUpdate.
         * @typedef {Object} felix.HostMetadataUpdate.$Properties
         * @property {string|null} [hostname] HostMetadataUpdate hostname
         * @property {string|null} [ipv4Addr] HostMetadataUpdate ipv4Addr
         * @property {string|null} [ipv6Addr] HostMetadataUpdate ipv6Addr
         * @property {string|null} [asnumber] HostMetadataUpdate asnumber
         * @property {Object.<string,string>|null} [labels] HostMetadataUpdate labels
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HostMetadataUpdate.
         * @memberof felix
         * @interface IHostMetadataUpdate
         * @augments felix.HostMetadataUpdate.$Properties
         * @deprecated Use felix.HostMetadataUpdate.$Properties instead.
         */

        /**
         * Shape of a HostMetadataUpdate.
         * @typedef {felix.HostMetadataUpdate.$Properties} felix.HostMetadataUpdate.$Shape
         */

        /**
         * Constructs a new HostMetadataUpdate.
         * @memberof felix
         * @classdesc Represents a HostMetadataUpdate.
         * @constructor
         * @param {felix.HostMetadataUpdate.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HostMetadataUpdate = function (properties) {
            this.labels = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HostMetadataUpdate hostname.
         * @member {string} hostname
         * @memberof felix.HostMetadataUpdate
         * @instance
         */
        HostMetadataUpdate.prototype.hostname = "";

        /**
         * HostMetadataUpdate ipv4Addr.
         * @member {string} ipv4Addr
         * @memberof felix.HostMetadataUpdate
         * @instance
         */
        HostMetadataUpdate.prototype.ipv4Addr = "";

        /**
         * HostMetadataUpdate ipv6Addr.
         * @member {string} ipv6Addr
         * @memberof felix.HostMetadataUpdate
         * @instance
         */
        HostMetadataUpdate.prototype.ipv6Addr = "";

        /**
         * HostMetadataUpdate asnumber.
         * @member {string} asnumber
         * @memberof felix.HostMetadataUpdate
         * @instance
         */
        HostMetadataUpdate.prototype.asnumber = "";

        /**
         * HostMetadataUpdate labels.
         * @member {Object.<string,string>} labels
         * @memberof felix.HostMetadataUpdate
         * @instance
         */
        HostMetadataUpdate.prototype.labels = $util.emptyObject;

        /**
         * Creates a new HostMetadataUpdate instance using the specified properties.
         * @function create
         * @memberof felix.HostMetadataUpdate
         * @static
         * @param {felix.HostMetadataUpdate.$Properties=} [properties] Properties to set
         * @returns {felix.HostMetadataUpdate} HostMetadataUpdate instance
         * @type {{
         *   (properties: felix.HostMetadataUpdate.$Shape): felix.HostMetadataUpdate & felix.HostMetadataUpdate.$Shape;
         *   (properties?: felix.HostMetadataUpdate.$Properties): felix.HostMetadataUpdate;
         * }}
         */
        HostMetadataUpdate.create = function(properties) {
            return new HostMetadataUpdate(properties);
        };

        /**
         * Encodes the specified HostMetadataUpdate message. Does not implicitly {@link felix.HostMetadataUpdate.verify|verify} messages.
         * @function encode
         * @memberof felix.HostMetadataUpdate
         * @static
         * @param {felix.HostMetadataUpdate.$Properties} message HostMetadataUpdate message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HostMetadataUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.hostname);
            if (message.ipv4Addr != null && $Object.hasOwnProperty.call(message, "ipv4Addr") && message.ipv4Addr !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.ipv4Addr);
            if (message.ipv6Addr != null && $Object.hasOwnProperty.call(message, "ipv6Addr") && message.ipv6Addr !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.ipv6Addr);
            if (message.asnumber != null && $Object.hasOwnProperty.call(message, "asnumber") && message.asnumber !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.asnumber);
            if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                    writer.uint32(/* id 5, wireType 2 =*/42).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HostMetadataUpdate message from the specified reader or buffer.
         * @function decode
         * @memberof felix.HostMetadataUpdate
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.HostMetadataUpdate & felix.HostMetadataUpdate.$Shape} HostMetadataUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HostMetadataUpdate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, key, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.HostMetadataUpdate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.hostname = value;
                        else
                            delete message.hostname;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.ipv4Addr = value;
                        else
                            delete message.ipv4Addr;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.ipv6Addr = value;
                        else
                            delete message.ipv6Addr;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.asnumber = value;
                        else
                            delete message.asnumber;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (message.labels === $util.emptyObject)
                            message.labels = {};
                        let end2 = reader.size() + reader.pos;
                        if (end2 > reader.len)
                            throw $RangeError("index out of range");
                        reader.len = end2;
                        key = "";
                        value = "";
                        while (reader.pos < end2) {
                            let tag2 = reader.tag();
                            wireType = tag2 & 7;
                            switch (tag2 >>>= 3) {
                            case 1:
                                if (wireType !== 2)
                                    break;
                                key = reader.stringVerify();
                                continue;
                            case 2:
                                if (wireType !== 2)
                                    break;
                                value = reader.stringVerify();
                                continue;
                            }
                            reader.skipType(wireType, _depth, tag2);
                        }
                        if (reader.pos !== end2)
                            throw $RangeError("index out of range");
                        reader.len = end;
                        if (key === "__proto__")
                            $util.makeProp(message.labels, key);
                        message.labels[key] = value;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HostMetadataUpdate;
    })();

    felix.HostMetadataRemove = (function() {

        /**
         * Properties of a HostMetadataRemove.
         * @typedef {Object} felix.HostMetadataRemove.$Properties
         * @property {string|null} [hostname] HostMetadataRemove hostname
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HostMetadataRemove.
         * @memberof felix
         * @interface IHostMetadataRemove
         * @augments felix.HostMetadataRemove.$Properties
         * @deprecated Use felix.HostMetadataRemove.$Properties instead.
         */

        /**
         * Shape of a HostMetadataRemove.
         * @typedef {felix.HostMetadataRemove.$Properties} felix.HostMetadataRemove.$Shape
         */

        /**
         * Constructs a new HostMetadataRemove.
         * @memberof felix
         * @classdesc Represents a HostMetadataRemove.
         * @constructor
         * @param {felix.HostMetadataRemove.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HostMetadataRemove = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HostMetadataRemove hostname.
         * @member {string} hostname
         * @memberof felix.HostMetadataRemove
         * @instance
         */
        HostMetadataRemove.prototype.hostname = "";

        /**
         * Creates a new HostMetadataRemove instance using the specified properties.
         * @function create
         * @memberof felix.HostMetadataRemove
         * @static
         * @param {felix.HostMetadataRemove.$Properties=} [properties] Properties to set
         * @returns {felix.HostMetadataRemove} HostMetadataRemove instance
         * @type {{
         *   (properties: felix.HostMetadataRemove.$Shape): felix.HostMetadataRemove & felix.HostMetadataRemove.$Shape;
         *   (properties?: felix.HostMetadataRemove.$Properties): felix.HostMetadataRemove;
         * }}
         */
        HostMetadataRemove.create = function(properties) {
            return new HostMetadataRemove(properties);
        };

        /**
         * Encodes the specified HostMetadataRemove message. Does not implicitly {@link felix.HostMetadataRemove.verify|verify} messages.
         * @function encode
         * @memberof felix.HostMetadataRemove
         * @static
         * @param {felix.HostMetadataRemove.$Properties} message HostMetadataRemove message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HostMetadataRemove.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.hostname);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HostMetadataRemove message from the specified reader or buffer.
         * @function decode
         * @memberof felix.HostMetadataRemove
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.HostMetadataRemove & felix.HostMetadataRemove.$Shape} HostMetadataRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HostMetadataRemove.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.HostMetadataRemove();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.hostname = value;
                        else
                            delete message.hostname;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HostMetadataRemove;
    })();

    felix.HostMetadataV6Update = (function() {

        /**
         * Properties of a HostMetadataV6Update.
         * @typedef {Object} felix.HostMetadataV6Update.$Properties
         * @property {string|null} [hostname] HostMetadataV6Update hostname
         * @property {string|null} [ipv6Addr] HostMetadataV6Update ipv6Addr
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HostMetadataV6Update.
         * @memberof felix
         * @interface IHostMetadataV6Update
         * @augments felix.HostMetadataV6Update.$Properties
         * @deprecated Use felix.HostMetadataV6Update.$Properties instead.
         */

        /**
         * Shape of a HostMetadataV6Update.
         * @typedef {felix.HostMetadataV6Update.$Properties} felix.HostMetadataV6Update.$Shape
         */

        /**
         * Constructs a new HostMetadataV6Update.
         * @memberof felix
         * @classdesc Represents a HostMetadataV6Update.
         * @constructor
         * @param {felix.HostMetadataV6Update.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HostMetadataV6Update = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HostMetadataV6Update hostname.
         * @member {string} hostname
         * @memberof felix.HostMetadataV6Update
         * @instance
         */
        HostMetadataV6Update.prototype.hostname = "";

        /**
         * HostMetadataV6Update ipv6Addr.
         * @member {string} ipv6Addr
         * @memberof felix.HostMetadataV6Update
         * @instance
         */
        HostMetadataV6Update.prototype.ipv6Addr = "";

        /**
         * Creates a new HostMetadataV6Update instance using the specified properties.
         * @function create
         * @memberof felix.HostMetadataV6Update
         * @static
         * @param {felix.HostMetadataV6Update.$Properties=} [properties] Properties to set
         * @returns {felix.HostMetadataV6Update} HostMetadataV6Update instance
         * @type {{
         *   (properties: felix.HostMetadataV6Update.$Shape): felix.HostMetadataV6Update & felix.HostMetadataV6Update.$Shape;
         *   (properties?: felix.HostMetadataV6Update.$Properties): felix.HostMetadataV6Update;
         * }}
         */
        HostMetadataV6Update.create = function(properties) {
            return new HostMetadataV6Update(properties);
        };

        /**
         * Encodes the specified HostMetadataV6Update message. Does not implicitly {@link felix.HostMetadataV6Update.verify|verify} messages.
         * @function encode
         * @memberof felix.HostMetadataV6Update
         * @static
         * @param {felix.HostMetadataV6Update.$Properties} message HostMetadataV6Update message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HostMetadataV6Update.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.hostname);
            if (message.ipv6Addr != null && $Object.hasOwnProperty.call(message, "ipv6Addr") && message.ipv6Addr !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.ipv6Addr);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HostMetadataV6Update message from the specified reader or buffer.
         * @function decode
         * @memberof felix.HostMetadataV6Update
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.HostMetadataV6Update & felix.HostMetadataV6Update.$Shape} HostMetadataV6Update
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HostMetadataV6Update.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.HostMetadataV6Update();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.hostname = value;
                        else
                            delete message.hostname;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.ipv6Addr = value;
                        else
                            delete message.ipv6Addr;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HostMetadataV6Update;
    })();

    felix.HostMetadataV4V6Update = (function() {

        /**
         * Properties of a HostMetadataV4V6Update.
         * @typedef {Object} felix.HostMetadataV4V6Update.$Properties
         * @property {string|null} [hostname] HostMetadataV4V6Update hostname
         * @property {string|null} [ipv4Addr] HostMetadataV4V6Update ipv4Addr
         * @property {string|null} [ipv6Addr] HostMetadataV4V6Update ipv6Addr
         * @property {string|null} [asnumber] HostMetadataV4V6Update asnumber
         * @property {Object.<string,string>|null} [labels] HostMetadataV4V6Update labels
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HostMetadataV4V6Update.
         * @memberof felix
         * @interface IHostMetadataV4V6Update
         * @augments felix.HostMetadataV4V6Update.$Properties
         * @deprecated Use felix.HostMetadataV4V6Update.$Properties instead.
         */

        /**
         * Shape of a HostMetadataV4V6Update.
         * @typedef {felix.HostMetadataV4V6Update.$Properties} felix.HostMetadataV4V6Update.$Shape
         */

        /**
         * Constructs a new HostMetadataV4V6Update.
         * @memberof felix
         * @classdesc Represents a HostMetadataV4V6Update.
         * @constructor
         * @param {felix.HostMetadataV4V6Update.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HostMetadataV4V6Update = function (properties) {
            this.labels = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HostMetadataV4V6Update hostname.
         * @member {string} hostname
         * @memberof felix.HostMetadataV4V6Update
         * @instance
         */
        HostMetadataV4V6Update.prototype.hostname = "";

        /**
         * HostMetadataV4V6Update ipv4Addr.
         * @member {string} ipv4Addr
         * @memberof felix.HostMetadataV4V6Update
         * @instance
         */
        HostMetadataV4V6Update.prototype.ipv4Addr = "";

        /**
         * HostMetadataV4V6Update ipv6Addr.
         * @member {string} ipv6Addr
         * @memberof felix.HostMetadataV4V6Update
         * @instance
         */
        HostMetadataV4V6Update.prototype.ipv6Addr = "";

        /**
         * HostMetadataV4V6Update asnumber.
         * @member {string} asnumber
         * @memberof felix.HostMetadataV4V6Update
         * @instance
         */
        HostMetadataV4V6Update.prototype.asnumber = "";

        /**
         * HostMetadataV4V6Update labels.
         * @member {Object.<string,string>} labels
         * @memberof felix.HostMetadataV4V6Update
         * @instance
         */
        HostMetadataV4V6Update.prototype.labels = $util.emptyObject;

        /**
         * Creates a new HostMetadataV4V6Update instance using the specified properties.
         * @function create
         * @memberof felix.HostMetadataV4V6Update
         * @static
         * @param {felix.HostMetadataV4V6Update.$Properties=} [properties] Properties to set
         * @returns {felix.HostMetadataV4V6Update} HostMetadataV4V6Update instance
         * @type {{
         *   (properties: felix.HostMetadataV4V6Update.$Shape): felix.HostMetadataV4V6Update & felix.HostMetadataV4V6Update.$Shape;
         *   (properties?: felix.HostMetadataV4V6Update.$Properties): felix.HostMetadataV4V6Update;
         * }}
         */
        HostMetadataV4V6Update.create = function(properties) {
            return new HostMetadataV4V6Update(properties);
        };

        /**
         * Encodes the specified HostMetadataV4V6Update message. Does not implicitly {@link felix.HostMetadataV4V6Update.verify|verify} messages.
         * @function encode
         * @memberof felix.HostMetadataV4V6Update
         * @static
         * @param {felix.HostMetadataV4V6Update.$Properties} message HostMetadataV4V6Update message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HostMetadataV4V6Update.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.hostname);
            if (message.ipv4Addr != null && $Object.hasOwnProperty.call(message, "ipv4Addr") && message.ipv4Addr !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.ipv4Addr);
            if (message.ipv6Addr != null && $Object.hasOwnProperty.call(message, "ipv6Addr") && message.ipv6Addr !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.ipv6Addr);
            if (message.asnumber != null && $Object.hasOwnProperty.call(message, "asnumber") && message.asnumber !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.asnumber);
            if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                    writer.uint32(/* id 5, wireType 2 =*/42).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HostMetadataV4V6Update message from the specified reader or buffer.
         * @function decode
         * @memberof felix.HostMetadataV4V6Update
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.HostMetadataV4V6Update & felix.HostMetadataV4V6Update.$Shape} HostMetadataV4V6Update
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HostMetadataV4V6Update.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, key, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.HostMetadataV4V6Update();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.hostname = value;
                        else
                            delete message.hostname;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.ipv4Addr = value;
                        else
                            delete message.ipv4Addr;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.ipv6Addr = value;
                        else
                            delete message.ipv6Addr;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.asnumber = value;
                        else
                            delete message.asnumber;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (message.labels === $util.emptyObject)
                            message.labels = {};
                        let end2 = reader.size() + reader.pos;
                        if (end2 > reader.len)
                            throw $RangeError("index out of range");
                        reader.len = end2;
                        key = "";
                        value = "";
                        while (reader.pos < end2) {
                            let tag2 = reader.tag();
                            wireType = tag2 & 7;
                            switch (tag2 >>>= 3) {
                            case 1:
                                if (wireType !== 2)
                                    break;
                                key = reader.stringVerify();
                                continue;
                            case 2:
                                if (wireType !== 2)
                                    break;
                                value = reader.stringVerify();
                                continue;
                            }
                            reader.skipType(wireType, _depth, tag2);
                        }
                        if (reader.pos !== end2)
                            throw $RangeError("index out of range");
                        reader.len = end;
                        if (key === "__proto__")
                            $util.makeProp(message.labels, key);
                        message.labels[key] = value;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HostMetadataV4V6Update;
    })();

    felix.IPAMPool = (function() {

        /**
         * Properties of a IPAMPool.
         * @typedef {Object} felix.IPAMPool.$Properties
         * @property {string|null} [cidr] IPAMPool cidr
         * @property {boolean|null} [masquerade] IPAMPool masquerade
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a IPAMPool.
         * @memberof felix
         * @interface IIPAMPool
         * @augments felix.IPAMPool.$Properties
         * @deprecated Use felix.IPAMPool.$Properties instead.
         */

        /**
         * Shape of a IPAMPool.
         * @typedef {felix.IPAMPool.$Properties} felix.IPAMPool.$Shape
         */

        /**
         * Constructs a new IPAMPool.
         * @memberof felix
         * @classdesc Represents a IPAMPool.
         * @constructor
         * @param {felix.IPAMPool.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const IPAMPool = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * IPAMPool cidr.
         * @member {string} cidr
         * @memberof felix.IPAMPool
         * @instance
         */
        IPAMPool.prototype.cidr = "";

        /**
         * IPAMPool masquerade.
         * @member {boolean} masquerade
         * @memberof felix.IPAMPool
         * @instance
         */
        IPAMPool.prototype.masquerade = false;

        /**
         * Creates a new IPAMPool instance using the specified properties.
         * @function create
         * @memberof felix.IPAMPool
         * @static
         * @param {felix.IPAMPool.$Properties=} [properties] Properties to set
         * @returns {felix.IPAMPool} IPAMPool instance
         * @type {{
         *   (properties: felix.IPAMPool.$Shape): felix.IPAMPool & felix.IPAMPool.$Shape;
         *   (properties?: felix.IPAMPool.$Properties): felix.IPAMPool;
         * }}
         */
        IPAMPool.create = function(properties) {
            return new IPAMPool(properties);
        };

        /**
         * Encodes the specified IPAMPool message. Does not implicitly {@link felix.IPAMPool.verify|verify} messages.
         * @function encode
         * @memberof felix.IPAMPool
         * @static
         * @param {felix.IPAMPool.$Properties} message IPAMPool message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        IPAMPool.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.cidr != null && $Object.hasOwnProperty.call(message, "cidr") && message.cidr !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.cidr);
            if (message.masquerade != null && $Object.hasOwnProperty.call(message, "masquerade") && message.masquerade !== false)
                writer.uint32(/* id 2, wireType 0 =*/16).bool(message.masquerade);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a IPAMPool message from the specified reader or buffer.
         * @function decode
         * @memberof felix.IPAMPool
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.IPAMPool & felix.IPAMPool.$Shape} IPAMPool
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        IPAMPool.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.IPAMPool();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.cidr = value;
                        else
                            delete message.cidr;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.masquerade = value;
                        else
                            delete message.masquerade;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return IPAMPool;
    })();

    felix.IPAMPoolUpdate = (function() {

        /**
         * Properties of a IPAMPoolUpdate.
         * @typedef {Object} felix.IPAMPoolUpdate.$Properties
         * @property {string|null} [id] IPAMPoolUpdate id
         * @property {felix.IPAMPool.$Properties|null} [pool] IPAMPoolUpdate pool
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a IPAMPoolUpdate.
         * @memberof felix
         * @interface IIPAMPoolUpdate
         * @augments felix.IPAMPoolUpdate.$Properties
         * @deprecated Use felix.IPAMPoolUpdate.$Properties instead.
         */

        /**
         * Shape of a IPAMPoolUpdate.
         * @typedef {felix.IPAMPoolUpdate.$Properties} felix.IPAMPoolUpdate.$Shape
         */

        /**
         * Constructs a new IPAMPoolUpdate.
         * @memberof felix
         * @classdesc Represents a IPAMPoolUpdate.
         * @constructor
         * @param {felix.IPAMPoolUpdate.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const IPAMPoolUpdate = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * IPAMPoolUpdate id.
         * @member {string} id
         * @memberof felix.IPAMPoolUpdate
         * @instance
         */
        IPAMPoolUpdate.prototype.id = "";

        /**
         * IPAMPoolUpdate pool.
         * @member {felix.IPAMPool.$Properties|null|undefined} pool
         * @memberof felix.IPAMPoolUpdate
         * @instance
         */
        IPAMPoolUpdate.prototype.pool = null;

        /**
         * Creates a new IPAMPoolUpdate instance using the specified properties.
         * @function create
         * @memberof felix.IPAMPoolUpdate
         * @static
         * @param {felix.IPAMPoolUpdate.$Properties=} [properties] Properties to set
         * @returns {felix.IPAMPoolUpdate} IPAMPoolUpdate instance
         * @type {{
         *   (properties: felix.IPAMPoolUpdate.$Shape): felix.IPAMPoolUpdate & felix.IPAMPoolUpdate.$Shape;
         *   (properties?: felix.IPAMPoolUpdate.$Properties): felix.IPAMPoolUpdate;
         * }}
         */
        IPAMPoolUpdate.create = function(properties) {
            return new IPAMPoolUpdate(properties);
        };

        /**
         * Encodes the specified IPAMPoolUpdate message. Does not implicitly {@link felix.IPAMPoolUpdate.verify|verify} messages.
         * @function encode
         * @memberof felix.IPAMPoolUpdate
         * @static
         * @param {felix.IPAMPoolUpdate.$Properties} message IPAMPoolUpdate message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        IPAMPoolUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool"))
                $root.felix.IPAMPool.encode(message.pool, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a IPAMPoolUpdate message from the specified reader or buffer.
         * @function decode
         * @memberof felix.IPAMPoolUpdate
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.IPAMPoolUpdate & felix.IPAMPoolUpdate.$Shape} IPAMPoolUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        IPAMPoolUpdate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.IPAMPoolUpdate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.pool = $root.felix.IPAMPool.decode(reader, reader.size(), $undefined, _depth + 1, message.pool);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return IPAMPoolUpdate;
    })();

    felix.IPAMPoolRemove = (function() {

        /**
         * Properties of a IPAMPoolRemove.
         * @typedef {Object} felix.IPAMPoolRemove.$Properties
         * @property {string|null} [id] IPAMPoolRemove id
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a IPAMPoolRemove.
         * @memberof felix
         * @interface IIPAMPoolRemove
         * @augments felix.IPAMPoolRemove.$Properties
         * @deprecated Use felix.IPAMPoolRemove.$Properties instead.
         */

        /**
         * Shape of a IPAMPoolRemove.
         * @typedef {felix.IPAMPoolRemove.$Properties} felix.IPAMPoolRemove.$Shape
         */

        /**
         * Constructs a new IPAMPoolRemove.
         * @memberof felix
         * @classdesc Represents a IPAMPoolRemove.
         * @constructor
         * @param {felix.IPAMPoolRemove.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const IPAMPoolRemove = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * IPAMPoolRemove id.
         * @member {string} id
         * @memberof felix.IPAMPoolRemove
         * @instance
         */
        IPAMPoolRemove.prototype.id = "";

        /**
         * Creates a new IPAMPoolRemove instance using the specified properties.
         * @function create
         * @memberof felix.IPAMPoolRemove
         * @static
         * @param {felix.IPAMPoolRemove.$Properties=} [properties] Properties to set
         * @returns {felix.IPAMPoolRemove} IPAMPoolRemove instance
         * @type {{
         *   (properties: felix.IPAMPoolRemove.$Shape): felix.IPAMPoolRemove & felix.IPAMPoolRemove.$Shape;
         *   (properties?: felix.IPAMPoolRemove.$Properties): felix.IPAMPoolRemove;
         * }}
         */
        IPAMPoolRemove.create = function(properties) {
            return new IPAMPoolRemove(properties);
        };

        /**
         * Encodes the specified IPAMPoolRemove message. Does not implicitly {@link felix.IPAMPoolRemove.verify|verify} messages.
         * @function encode
         * @memberof felix.IPAMPoolRemove
         * @static
         * @param {felix.IPAMPoolRemove.$Properties} message IPAMPoolRemove message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        IPAMPoolRemove.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a IPAMPoolRemove message from the specified reader or buffer.
         * @function decode
         * @memberof felix.IPAMPoolRemove
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.IPAMPoolRemove & felix.IPAMPoolRemove.$Shape} IPAMPoolRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        IPAMPoolRemove.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.IPAMPoolRemove();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return IPAMPoolRemove;
    })();

    felix.NamespaceID = (function() {

        /**
         * Properties of a NamespaceID.
         * @typedef {Object} felix.NamespaceID.$Properties
         * @property {string|null} [name] NamespaceID name
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a NamespaceID.
         * @memberof felix
         * @interface INamespaceID
         * @augments felix.NamespaceID.$Properties
         * @deprecated Use felix.NamespaceID.$Properties instead.
         */

        /**
         * Shape of a NamespaceID.
         * @typedef {felix.NamespaceID.$Properties} felix.NamespaceID.$Shape
         */

        /**
         * Constructs a new NamespaceID.
         * @memberof felix
         * @classdesc Represents a NamespaceID.
         * @constructor
         * @param {felix.NamespaceID.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const NamespaceID = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * NamespaceID name.
         * @member {string} name
         * @memberof felix.NamespaceID
         * @instance
         */
        NamespaceID.prototype.name = "";

        /**
         * Creates a new NamespaceID instance using the specified properties.
         * @function create
         * @memberof felix.NamespaceID
         * @static
         * @param {felix.NamespaceID.$Properties=} [properties] Properties to set
         * @returns {felix.NamespaceID} NamespaceID instance
         * @type {{
         *   (properties: felix.NamespaceID.$Shape): felix.NamespaceID & felix.NamespaceID.$Shape;
         *   (properties?: felix.NamespaceID.$Properties): felix.NamespaceID;
         * }}
         */
        NamespaceID.create = function(properties) {
            return new NamespaceID(properties);
        };

        /**
         * Encodes the specified NamespaceID message. Does not implicitly {@link felix.NamespaceID.verify|verify} messages.
         * @function encode
         * @memberof felix.NamespaceID
         * @static
         * @param {felix.NamespaceID.$Properties} message NamespaceID message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        NamespaceID.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a NamespaceID message from the specified reader or buffer.
         * @function decode
         * @memberof felix.NamespaceID
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.NamespaceID & felix.NamespaceID.$Shape} NamespaceID
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        NamespaceID.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.NamespaceID();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return NamespaceID;
    })();

    felix.NamespaceUpdate = (function() {

        /**
         * Properties of a NamespaceUpdate.
         * @typedef {Object} felix.NamespaceUpdate.$Properties
         * @property {felix.NamespaceID.$Properties|null} [id] NamespaceUpdate id
         * @property {Object.<string,string>|null} [labels] NamespaceUpdate labels
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a NamespaceUpdate.
         * @memberof felix
         * @interface INamespaceUpdate
         * @augments felix.NamespaceUpdate.$Properties
         * @deprecated Use felix.NamespaceUpdate.$Properties instead.
         */

        /**
         * Shape of a NamespaceUpdate.
         * @typedef {felix.NamespaceUpdate.$Properties} felix.NamespaceUpdate.$Shape
         */

        /**
         * Constructs a new NamespaceUpdate.
         * @memberof felix
         * @classdesc Represents a NamespaceUpdate.
         * @constructor
         * @param {felix.NamespaceUpdate.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const NamespaceUpdate = function (properties) {
            this.labels = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * NamespaceUpdate id.
         * @member {felix.NamespaceID.$Properties|null|undefined} id
         * @memberof felix.NamespaceUpdate
         * @instance
         */
        NamespaceUpdate.prototype.id = null;

        /**
         * NamespaceUpdate labels.
         * @member {Object.<string,string>} labels
         * @memberof felix.NamespaceUpdate
         * @instance
         */
        NamespaceUpdate.prototype.labels = $util.emptyObject;

        /**
         * Creates a new NamespaceUpdate instance using the specified properties.
         * @function create
         * @memberof felix.NamespaceUpdate
         * @static
         * @param {felix.NamespaceUpdate.$Properties=} [properties] Properties to set
         * @returns {felix.NamespaceUpdate} NamespaceUpdate instance
         * @type {{
         *   (properties: felix.NamespaceUpdate.$Shape): felix.NamespaceUpdate & felix.NamespaceUpdate.$Shape;
         *   (properties?: felix.NamespaceUpdate.$Properties): felix.NamespaceUpdate;
         * }}
         */
        NamespaceUpdate.create = function(properties) {
            return new NamespaceUpdate(properties);
        };

        /**
         * Encodes the specified NamespaceUpdate message. Does not implicitly {@link felix.NamespaceUpdate.verify|verify} messages.
         * @function encode
         * @memberof felix.NamespaceUpdate
         * @static
         * @param {felix.NamespaceUpdate.$Properties} message NamespaceUpdate message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        NamespaceUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                $root.felix.NamespaceID.encode(message.id, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a NamespaceUpdate message from the specified reader or buffer.
         * @function decode
         * @memberof felix.NamespaceUpdate
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.NamespaceUpdate & felix.NamespaceUpdate.$Shape} NamespaceUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        NamespaceUpdate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, key, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.NamespaceUpdate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.id = $root.felix.NamespaceID.decode(reader, reader.size(), $undefined, _depth + 1, message.id);
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (message.labels === $util.emptyObject)
                            message.labels = {};
                        let end2 = reader.size() + reader.pos;
                        if (end2 > reader.len)
                            throw $RangeError("index out of range");
                        reader.len = end2;
                        key = "";
                        value = "";
                        while (reader.pos < end2) {
                            let tag2 = reader.tag();
                            wireType = tag2 & 7;
                            switch (tag2 >>>= 3) {
                            case 1:
                                if (wireType !== 2)
                                    break;
                                key = reader.stringVerify();
                                continue;
                            case 2:
                                if (wireType !== 2)
                                    break;
                                value = reader.stringVerify();
                                continue;
                            }
                            reader.skipType(wireType, _depth, tag2);
                        }
                        if (reader.pos !== end2)
                            throw $RangeError("index out of range");
                        reader.len = end;
                        if (key === "__proto__")
                            $util.makeProp(message.labels, key);
                        message.labels[key] = value;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return NamespaceUpdate;
    })();

    felix.NamespaceRemove = (function() {

        /**
         * Properties of a NamespaceRemove.
         * @typedef {Object} felix.NamespaceRemove.$Properties
         * @property {felix.NamespaceID.$Properties|null} [id] NamespaceRemove id
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a NamespaceRemove.
         * @memberof felix
         * @interface INamespaceRemove
         * @augments felix.NamespaceRemove.$Properties
         * @deprecated Use felix.NamespaceRemove.$Properties instead.
         */

        /**
         * Shape of a NamespaceRemove.
         * @typedef {felix.NamespaceRemove.$Properties} felix.NamespaceRemove.$Shape
         */

        /**
         * Constructs a new NamespaceRemove.
         * @memberof felix
         * @classdesc Represents a NamespaceRemove.
         * @constructor
         * @param {felix.NamespaceRemove.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const NamespaceRemove = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * NamespaceRemove id.
         * @member {felix.NamespaceID.$Properties|null|undefined} id
         * @memberof felix.NamespaceRemove
         * @instance
         */
        NamespaceRemove.prototype.id = null;

        /**
         * Creates a new NamespaceRemove instance using the specified properties.
         * @function create
         * @memberof felix.NamespaceRemove
         * @static
         * @param {felix.NamespaceRemove.$Properties=} [properties] Properties to set
         * @returns {felix.NamespaceRemove} NamespaceRemove instance
         * @type {{
         *   (properties: felix.NamespaceRemove.$Shape): felix.NamespaceRemove & felix.NamespaceRemove.$Shape;
         *   (properties?: felix.NamespaceRemove.$Properties): felix.NamespaceRemove;
         * }}
         */
        NamespaceRemove.create = function(properties) {
            return new NamespaceRemove(properties);
        };

        /**
         * Encodes the specified NamespaceRemove message. Does not implicitly {@link felix.NamespaceRemove.verify|verify} messages.
         * @function encode
         * @memberof felix.NamespaceRemove
         * @static
         * @param {felix.NamespaceRemove.$Properties} message NamespaceRemove message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        NamespaceRemove.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                $root.felix.NamespaceID.encode(message.id, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a NamespaceRemove message from the specified reader or buffer.
         * @function decode
         * @memberof felix.NamespaceRemove
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.NamespaceRemove & felix.NamespaceRemove.$Shape} NamespaceRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        NamespaceRemove.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.NamespaceRemove();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.id = $root.felix.NamespaceID.decode(reader, reader.size(), $undefined, _depth + 1, message.id);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return NamespaceRemove;
    })();

    felix.ServicePort = (function() {

        /**
         * Properties of a ServicePort.
         * @typedef {Object} felix.ServicePort.$Properties
         * @property {string|null} [protocol] ServicePort protocol
         * @property {number|null} [port] ServicePort port
         * @property {number|null} [nodePort] ServicePort nodePort
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ServicePort.
         * @memberof felix
         * @interface IServicePort
         * @augments felix.ServicePort.$Properties
         * @deprecated Use felix.ServicePort.$Properties instead.
         */

        /**
         * Shape of a ServicePort.
         * @typedef {felix.ServicePort.$Properties} felix.ServicePort.$Shape
         */

        /**
         * Constructs a new ServicePort.
         * @memberof felix
         * @classdesc Represents a ServicePort.
         * @constructor
         * @param {felix.ServicePort.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ServicePort = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ServicePort protocol.
         * @member {string} protocol
         * @memberof felix.ServicePort
         * @instance
         */
        ServicePort.prototype.protocol = "";

        /**
         * ServicePort port.
         * @member {number} port
         * @memberof felix.ServicePort
         * @instance
         */
        ServicePort.prototype.port = 0;

        /**
         * ServicePort nodePort.
         * @member {number} nodePort
         * @memberof felix.ServicePort
         * @instance
         */
        ServicePort.prototype.nodePort = 0;

        /**
         * Creates a new ServicePort instance using the specified properties.
         * @function create
         * @memberof felix.ServicePort
         * @static
         * @param {felix.ServicePort.$Properties=} [properties] Properties to set
         * @returns {felix.ServicePort} ServicePort instance
         * @type {{
         *   (properties: felix.ServicePort.$Shape): felix.ServicePort & felix.ServicePort.$Shape;
         *   (properties?: felix.ServicePort.$Properties): felix.ServicePort;
         * }}
         */
        ServicePort.create = function(properties) {
            return new ServicePort(properties);
        };

        /**
         * Encodes the specified ServicePort message. Does not implicitly {@link felix.ServicePort.verify|verify} messages.
         * @function encode
         * @memberof felix.ServicePort
         * @static
         * @param {felix.ServicePort.$Properties} message ServicePort message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ServicePort.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.protocol);
            if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).int32(message.port);
            if (message.nodePort != null && $Object.hasOwnProperty.call(message, "nodePort") && message.nodePort !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).int32(message.nodePort);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ServicePort message from the specified reader or buffer.
         * @function decode
         * @memberof felix.ServicePort
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.ServicePort & felix.ServicePort.$Shape} ServicePort
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ServicePort.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.ServicePort();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.protocol = value;
                        else
                            delete message.protocol;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.port = value;
                        else
                            delete message.port;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.nodePort = value;
                        else
                            delete message.nodePort;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ServicePort;
    })();

    felix.ServiceUpdate = (function() {

        /**
         * Properties of a ServiceUpdate.
         * @typedef {Object} felix.ServiceUpdate.$Properties
         * @property {string|null} [name] ServiceUpdate name
         * @property {string|null} [namespace] ServiceUpdate namespace
         * @property {string|null} [type] ServiceUpdate type
         * @property {Array.<string>|null} [clusterIps] ServiceUpdate clusterIps
         * @property {string|null} [loadbalancerIp] ServiceUpdate loadbalancerIp
         * @property {Array.<string>|null} [externalIps] ServiceUpdate externalIps
         * @property {Array.<felix.ServicePort.$Properties>|null} [ports] ServiceUpdate ports
         * @property {Array.<string>|null} [loadbalancerIngressIps] ServiceUpdate loadbalancerIngressIps
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ServiceUpdate.
         * @memberof felix
         * @interface IServiceUpdate
         * @augments felix.ServiceUpdate.$Properties
         * @deprecated Use felix.ServiceUpdate.$Properties instead.
         */

        /**
         * Shape of a ServiceUpdate.
         * @typedef {felix.ServiceUpdate.$Properties} felix.ServiceUpdate.$Shape
         */

        /**
         * Constructs a new ServiceUpdate.
         * @memberof felix
         * @classdesc Represents a ServiceUpdate.
         * @constructor
         * @param {felix.ServiceUpdate.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ServiceUpdate = function (properties) {
            this.clusterIps = [];
            this.externalIps = [];
            this.ports = [];
            this.loadbalancerIngressIps = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ServiceUpdate name.
         * @member {string} name
         * @memberof felix.ServiceUpdate
         * @instance
         */
        ServiceUpdate.prototype.name = "";

        /**
         * ServiceUpdate namespace.
         * @member {string} namespace
         * @memberof felix.ServiceUpdate
         * @instance
         */
        ServiceUpdate.prototype.namespace = "";

        /**
         * ServiceUpdate type.
         * @member {string} type
         * @memberof felix.ServiceUpdate
         * @instance
         */
        ServiceUpdate.prototype.type = "";

        /**
         * ServiceUpdate clusterIps.
         * @member {Array.<string>} clusterIps
         * @memberof felix.ServiceUpdate
         * @instance
         */
        ServiceUpdate.prototype.clusterIps = $util.emptyArray;

        /**
         * ServiceUpdate loadbalancerIp.
         * @member {string} loadbalancerIp
         * @memberof felix.ServiceUpdate
         * @instance
         */
        ServiceUpdate.prototype.loadbalancerIp = "";

        /**
         * ServiceUpdate externalIps.
         * @member {Array.<string>} externalIps
         * @memberof felix.ServiceUpdate
         * @instance
         */
        ServiceUpdate.prototype.externalIps = $util.emptyArray;

        /**
         * ServiceUpdate ports.
         * @member {Array.<felix.ServicePort.$Properties>} ports
         * @memberof felix.ServiceUpdate
         * @instance
         */
        ServiceUpdate.prototype.ports = $util.emptyArray;

        /**
         * ServiceUpdate loadbalancerIngressIps.
         * @member {Array.<string>} loadbalancerIngressIps
         * @memberof felix.ServiceUpdate
         * @instance
         */
        ServiceUpdate.prototype.loadbalancerIngressIps = $util.emptyArray;

        /**
         * Creates a new ServiceUpdate instance using the specified properties.
         * @function create
         * @memberof felix.ServiceUpdate
         * @static
         * @param {felix.ServiceUpdate.$Properties=} [properties] Properties to set
         * @returns {felix.ServiceUpdate} ServiceUpdate instance
         * @type {{
         *   (properties: felix.ServiceUpdate.$Shape): felix.ServiceUpdate & felix.ServiceUpdate.$Shape;
         *   (properties?: felix.ServiceUpdate.$Properties): felix.ServiceUpdate;
         * }}
         */
        ServiceUpdate.create = function(properties) {
            return new ServiceUpdate(properties);
        };

        /**
         * Encodes the specified ServiceUpdate message. Does not implicitly {@link felix.ServiceUpdate.verify|verify} messages.
         * @function encode
         * @memberof felix.ServiceUpdate
         * @static
         * @param {felix.ServiceUpdate.$Properties} message ServiceUpdate message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ServiceUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.type);
            if (message.clusterIps != null && message.clusterIps.length)
                for (let i = 0; i < message.clusterIps.length; ++i)
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.clusterIps[i]);
            if (message.loadbalancerIp != null && $Object.hasOwnProperty.call(message, "loadbalancerIp") && message.loadbalancerIp !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.loadbalancerIp);
            if (message.externalIps != null && message.externalIps.length)
                for (let i = 0; i < message.externalIps.length; ++i)
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.externalIps[i]);
            if (message.ports != null && message.ports.length)
                for (let i = 0; i < message.ports.length; ++i)
                    $root.felix.ServicePort.encode(message.ports[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.loadbalancerIngressIps != null && message.loadbalancerIngressIps.length)
                for (let i = 0; i < message.loadbalancerIngressIps.length; ++i)
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.loadbalancerIngressIps[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ServiceUpdate message from the specified reader or buffer.
         * @function decode
         * @memberof felix.ServiceUpdate
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.ServiceUpdate & felix.ServiceUpdate.$Shape} ServiceUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ServiceUpdate.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.ServiceUpdate();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.namespace = value;
                        else
                            delete message.namespace;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.type = value;
                        else
                            delete message.type;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.clusterIps && message.clusterIps.length))
                            message.clusterIps = [];
                        message.clusterIps.push(reader.stringVerify());
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.loadbalancerIp = value;
                        else
                            delete message.loadbalancerIp;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if (!(message.externalIps && message.externalIps.length))
                            message.externalIps = [];
                        message.externalIps.push(reader.stringVerify());
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if (!(message.ports && message.ports.length))
                            message.ports = [];
                        message.ports.push($root.felix.ServicePort.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.loadbalancerIngressIps && message.loadbalancerIngressIps.length))
                            message.loadbalancerIngressIps = [];
                        message.loadbalancerIngressIps.push(reader.stringVerify());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ServiceUpdate;
    })();

    felix.ServiceRemove = (function() {

        /**
         * Properties of a ServiceRemove.
         * @typedef {Object} felix.ServiceRemove.$Properties
         * @property {string|null} [name] ServiceRemove name
         * @property {string|null} [namespace] ServiceRemove namespace
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ServiceRemove.
         * @memberof felix
         * @interface IServiceRemove
         * @augments felix.ServiceRemove.$Properties
         * @deprecated Use felix.ServiceRemove.$Properties instead.
         */

        /**
         * Shape of a ServiceRemove.
         * @typedef {felix.ServiceRemove.$Properties} felix.ServiceRemove.$Shape
         */

        /**
         * Constructs a new ServiceRemove.
         * @memberof felix
         * @classdesc Represents a ServiceRemove.
         * @constructor
         * @param {felix.ServiceRemove.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ServiceRemove = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ServiceRemove name.
         * @member {string} name
         * @memberof felix.ServiceRemove
         * @instance
         */
        ServiceRemove.prototype.name = "";

        /**
         * ServiceRemove namespace.
         * @member {string} namespace
         * @memberof felix.ServiceRemove
         * @instance
         */
        ServiceRemove.prototype.namespace = "";

        /**
         * Creates a new ServiceRemove instance using the specified properties.
         * @function create
         * @memberof felix.ServiceRemove
         * @static
         * @param {felix.ServiceRemove.$Properties=} [properties] Properties to set
         * @returns {felix.ServiceRemove} ServiceRemove instance
         * @type {{
         *   (properties: felix.ServiceRemove.$Shape): felix.ServiceRemove & felix.ServiceRemove.$Shape;
         *   (properties?: felix.ServiceRemove.$Properties): felix.ServiceRemove;
         * }}
         */
        ServiceRemove.create = function(properties) {
            return new ServiceRemove(properties);
        };

        /**
         * Encodes the specified ServiceRemove message. Does not implicitly {@link felix.ServiceRemove.verify|verify} messages.
         * @function encode
         * @memberof felix.ServiceRemove
         * @static
         * @param {felix.ServiceRemove.$Properties} message ServiceRemove message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ServiceRemove.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
            if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ServiceRemove message from the specified reader or buffer.
         * @function decode
         * @memberof felix.ServiceRemove
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {felix.ServiceRemove & felix.ServiceRemove.$Shape} ServiceRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ServiceRemove.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.felix.ServiceRemove();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.name = value;
                        else
                            delete message.name;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.namespace = value;
                        else
                            delete message.namespace;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return ServiceRemove;
    })();

    return felix;
})();

export {
  $root as default
};
