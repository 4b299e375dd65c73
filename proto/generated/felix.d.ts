import * as $protobuf from "protobufjs";

/** Namespace felix. */
export namespace felix {

    /**
     * Properties of a ToDataplane.
     * @deprecated Use felix.ToDataplane.$Properties instead.
     */
    interface IToDataplane extends felix.ToDataplane.$Properties {
    }

    /** Represents a ToDataplane. */
    class ToDataplane {

        /**
         * Constructs a new ToDataplane.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.ToDataplane.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ToDataplane sequenceNumber. */
        sequenceNumber: number;

        /** ToDataplane inSync. */
        inSync?: (felix.InSync.$Properties|null);

        /** ToDataplane ipsetUpdate. */
        ipsetUpdate?: (felix.IPSetUpdate.$Properties|null);

        /** ToDataplane ipsetDeltaUpdate. */
        ipsetDeltaUpdate?: (felix.IPSetDeltaUpdate.$Properties|null);

        /** ToDataplane ipsetRemove. */
        ipsetRemove?: (felix.IPSetRemove.$Properties|null);

        /** ToDataplane activeProfileUpdate. */
        activeProfileUpdate?: (Uint8Array|null);

        /** ToDataplane activeProfileRemove. */
        activeProfileRemove?: (Uint8Array|null);

        /** ToDataplane activePolicyUpdate. */
        activePolicyUpdate?: (felix.ActivePolicyUpdate.$Properties|null);

        /** ToDataplane activePolicyRemove. */
        activePolicyRemove?: (felix.ActivePolicyRemove.$Properties|null);

        /** ToDataplane hostEndpointUpdate. */
        hostEndpointUpdate?: (felix.HostEndpointUpdate.$Properties|null);

        /** ToDataplane hostEndpointRemove. */
        hostEndpointRemove?: (felix.HostEndpointRemove.$Properties|null);

        /** ToDataplane workloadEndpointUpdate. */
        workloadEndpointUpdate?: (Uint8Array|null);

        /** ToDataplane workloadEndpointRemove. */
        workloadEndpointRemove?: (Uint8Array|null);

        /** ToDataplane configUpdate. */
        configUpdate?: (felix.ConfigUpdate.$Properties|null);

        /** ToDataplane hostMetadataUpdate. */
        hostMetadataUpdate?: (felix.HostMetadataUpdate.$Properties|null);

        /** ToDataplane ipamPoolUpdate. */
        ipamPoolUpdate?: (felix.IPAMPoolUpdate.$Properties|null);

        /** ToDataplane ipamPoolRemove. */
        ipamPoolRemove?: (felix.IPAMPoolRemove.$Properties|null);

        /** ToDataplane hostMetadataRemove. */
        hostMetadataRemove?: (felix.HostMetadataRemove.$Properties|null);

        /** ToDataplane serviceAccountUpdate. */
        serviceAccountUpdate?: (Uint8Array|null);

        /** ToDataplane serviceAccountRemove. */
        serviceAccountRemove?: (Uint8Array|null);

        /** ToDataplane namespaceUpdate. */
        namespaceUpdate?: (felix.NamespaceUpdate.$Properties|null);

        /** ToDataplane namespaceRemove. */
        namespaceRemove?: (felix.NamespaceRemove.$Properties|null);

        /** ToDataplane routeUpdate. */
        routeUpdate?: (Uint8Array|null);

        /** ToDataplane routeRemove. */
        routeRemove?: (Uint8Array|null);

        /** ToDataplane vtepUpdate. */
        vtepUpdate?: (Uint8Array|null);

        /** ToDataplane vtepRemove. */
        vtepRemove?: (Uint8Array|null);

        /** ToDataplane wireguardEndpointUpdate. */
        wireguardEndpointUpdate?: (Uint8Array|null);

        /** ToDataplane wireguardEndpointRemove. */
        wireguardEndpointRemove?: (Uint8Array|null);

        /** ToDataplane globalBgpConfigUpdate. */
        globalBgpConfigUpdate?: (Uint8Array|null);

        /** ToDataplane encapsulation. */
        encapsulation?: (Uint8Array|null);

        /** ToDataplane serviceUpdate. */
        serviceUpdate?: (felix.ServiceUpdate.$Properties|null);

        /** ToDataplane serviceRemove. */
        serviceRemove?: (felix.ServiceRemove.$Properties|null);

        /** ToDataplane wireguardEndpointV6Update. */
        wireguardEndpointV6Update?: (Uint8Array|null);

        /** ToDataplane wireguardEndpointV6Remove. */
        wireguardEndpointV6Remove?: (Uint8Array|null);

        /** ToDataplane hostMetadataV6Update. */
        hostMetadataV6Update?: (felix.HostMetadataV6Update.$Properties|null);

        /** ToDataplane hostMetadataV6Remove. */
        hostMetadataV6Remove?: (felix.HostMetadataRemove.$Properties|null);

        /** ToDataplane hostMetadataV4v6Update. */
        hostMetadataV4v6Update?: (felix.HostMetadataV4V6Update.$Properties|null);

        /** ToDataplane hostMetadataV4v6Remove. */
        hostMetadataV4v6Remove?: (felix.HostMetadataRemove.$Properties|null);

        /** ToDataplane payload. */
        payload?: ("inSync"|"ipsetUpdate"|"ipsetDeltaUpdate"|"ipsetRemove"|"activeProfileUpdate"|"activeProfileRemove"|"activePolicyUpdate"|"activePolicyRemove"|"hostEndpointUpdate"|"hostEndpointRemove"|"workloadEndpointUpdate"|"workloadEndpointRemove"|"configUpdate"|"hostMetadataUpdate"|"ipamPoolUpdate"|"ipamPoolRemove"|"hostMetadataRemove"|"serviceAccountUpdate"|"serviceAccountRemove"|"namespaceUpdate"|"namespaceRemove"|"routeUpdate"|"routeRemove"|"vtepUpdate"|"vtepRemove"|"wireguardEndpointUpdate"|"wireguardEndpointRemove"|"globalBgpConfigUpdate"|"encapsulation"|"serviceUpdate"|"serviceRemove"|"wireguardEndpointV6Update"|"wireguardEndpointV6Remove"|"hostMetadataV6Update"|"hostMetadataV6Remove"|"hostMetadataV4v6Update"|"hostMetadataV4v6Remove");

        /**
         * Creates a new ToDataplane instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ToDataplane instance
         */
        static create(properties: felix.ToDataplane.$Shape): felix.ToDataplane & felix.ToDataplane.$Shape;
        static create(properties?: felix.ToDataplane.$Properties): felix.ToDataplane;

        /**
         * Encodes the specified ToDataplane message. Does not implicitly {@link felix.ToDataplane.verify|verify} messages.
         * @param message ToDataplane message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.ToDataplane.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ToDataplane message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.ToDataplane & felix.ToDataplane.$Shape} ToDataplane
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.ToDataplane & felix.ToDataplane.$Shape;
    }

    namespace ToDataplane {

        /** Properties of a ToDataplane. */
        interface $Properties {

            /** ToDataplane sequenceNumber */
            sequenceNumber?: (number|null);

            /** ToDataplane inSync */
            inSync?: (felix.InSync.$Properties|null);

            /** ToDataplane ipsetUpdate */
            ipsetUpdate?: (felix.IPSetUpdate.$Properties|null);

            /** ToDataplane ipsetDeltaUpdate */
            ipsetDeltaUpdate?: (felix.IPSetDeltaUpdate.$Properties|null);

            /** ToDataplane ipsetRemove */
            ipsetRemove?: (felix.IPSetRemove.$Properties|null);

            /** ToDataplane activeProfileUpdate */
            activeProfileUpdate?: (Uint8Array|null);

            /** ToDataplane activeProfileRemove */
            activeProfileRemove?: (Uint8Array|null);

            /** ToDataplane activePolicyUpdate */
            activePolicyUpdate?: (felix.ActivePolicyUpdate.$Properties|null);

            /** ToDataplane activePolicyRemove */
            activePolicyRemove?: (felix.ActivePolicyRemove.$Properties|null);

            /** ToDataplane hostEndpointUpdate */
            hostEndpointUpdate?: (felix.HostEndpointUpdate.$Properties|null);

            /** ToDataplane hostEndpointRemove */
            hostEndpointRemove?: (felix.HostEndpointRemove.$Properties|null);

            /** ToDataplane workloadEndpointUpdate */
            workloadEndpointUpdate?: (Uint8Array|null);

            /** ToDataplane workloadEndpointRemove */
            workloadEndpointRemove?: (Uint8Array|null);

            /** ToDataplane configUpdate */
            configUpdate?: (felix.ConfigUpdate.$Properties|null);

            /** ToDataplane hostMetadataUpdate */
            hostMetadataUpdate?: (felix.HostMetadataUpdate.$Properties|null);

            /** ToDataplane ipamPoolUpdate */
            ipamPoolUpdate?: (felix.IPAMPoolUpdate.$Properties|null);

            /** ToDataplane ipamPoolRemove */
            ipamPoolRemove?: (felix.IPAMPoolRemove.$Properties|null);

            /** ToDataplane hostMetadataRemove */
            hostMetadataRemove?: (felix.HostMetadataRemove.$Properties|null);

            /** ToDataplane serviceAccountUpdate */
            serviceAccountUpdate?: (Uint8Array|null);

            /** ToDataplane serviceAccountRemove */
            serviceAccountRemove?: (Uint8Array|null);

            /** ToDataplane namespaceUpdate */
            namespaceUpdate?: (felix.NamespaceUpdate.$Properties|null);

            /** ToDataplane namespaceRemove */
            namespaceRemove?: (felix.NamespaceRemove.$Properties|null);

            /** ToDataplane routeUpdate */
            routeUpdate?: (Uint8Array|null);

            /** ToDataplane routeRemove */
            routeRemove?: (Uint8Array|null);

            /** ToDataplane vtepUpdate */
            vtepUpdate?: (Uint8Array|null);

            /** ToDataplane vtepRemove */
            vtepRemove?: (Uint8Array|null);

            /** ToDataplane wireguardEndpointUpdate */
            wireguardEndpointUpdate?: (Uint8Array|null);

            /** ToDataplane wireguardEndpointRemove */
            wireguardEndpointRemove?: (Uint8Array|null);

            /** ToDataplane globalBgpConfigUpdate */
            globalBgpConfigUpdate?: (Uint8Array|null);

            /** ToDataplane encapsulation */
            encapsulation?: (Uint8Array|null);

            /** ToDataplane serviceUpdate */
            serviceUpdate?: (felix.ServiceUpdate.$Properties|null);

            /** ToDataplane serviceRemove */
            serviceRemove?: (felix.ServiceRemove.$Properties|null);

            /** ToDataplane wireguardEndpointV6Update */
            wireguardEndpointV6Update?: (Uint8Array|null);

            /** ToDataplane wireguardEndpointV6Remove */
            wireguardEndpointV6Remove?: (Uint8Array|null);

            /** ToDataplane hostMetadataV6Update */
            hostMetadataV6Update?: (felix.HostMetadataV6Update.$Properties|null);

            /** ToDataplane hostMetadataV6Remove */
            hostMetadataV6Remove?: (felix.HostMetadataRemove.$Properties|null);

            /** ToDataplane hostMetadataV4v6Update */
            hostMetadataV4v6Update?: (felix.HostMetadataV4V6Update.$Properties|null);

            /** ToDataplane hostMetadataV4v6Remove */
            hostMetadataV4v6Remove?: (felix.HostMetadataRemove.$Properties|null);

            /** ToDataplane payload */
            payload?: ("inSync"|"ipsetUpdate"|"ipsetDeltaUpdate"|"ipsetRemove"|"activeProfileUpdate"|"activeProfileRemove"|"activePolicyUpdate"|"activePolicyRemove"|"hostEndpointUpdate"|"hostEndpointRemove"|"workloadEndpointUpdate"|"workloadEndpointRemove"|"configUpdate"|"hostMetadataUpdate"|"ipamPoolUpdate"|"ipamPoolRemove"|"hostMetadataRemove"|"serviceAccountUpdate"|"serviceAccountRemove"|"namespaceUpdate"|"namespaceRemove"|"routeUpdate"|"routeRemove"|"vtepUpdate"|"vtepRemove"|"wireguardEndpointUpdate"|"wireguardEndpointRemove"|"globalBgpConfigUpdate"|"encapsulation"|"serviceUpdate"|"serviceRemove"|"wireguardEndpointV6Update"|"wireguardEndpointV6Remove"|"hostMetadataV6Update"|"hostMetadataV6Remove"|"hostMetadataV4v6Update"|"hostMetadataV4v6Remove");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a ToDataplane. */
        type $Shape = {
          sequenceNumber?: number|null;
          inSync?: felix.InSync.$Shape|null;
          ipsetUpdate?: felix.IPSetUpdate.$Shape|null;
          ipsetDeltaUpdate?: felix.IPSetDeltaUpdate.$Shape|null;
          ipsetRemove?: felix.IPSetRemove.$Shape|null;
          activeProfileUpdate?: Uint8Array|null;
          activeProfileRemove?: Uint8Array|null;
          activePolicyUpdate?: felix.ActivePolicyUpdate.$Shape|null;
          activePolicyRemove?: felix.ActivePolicyRemove.$Shape|null;
          hostEndpointUpdate?: felix.HostEndpointUpdate.$Shape|null;
          hostEndpointRemove?: felix.HostEndpointRemove.$Shape|null;
          workloadEndpointUpdate?: Uint8Array|null;
          workloadEndpointRemove?: Uint8Array|null;
          configUpdate?: felix.ConfigUpdate.$Shape|null;
          hostMetadataUpdate?: felix.HostMetadataUpdate.$Shape|null;
          ipamPoolUpdate?: felix.IPAMPoolUpdate.$Shape|null;
          ipamPoolRemove?: felix.IPAMPoolRemove.$Shape|null;
          hostMetadataRemove?: felix.HostMetadataRemove.$Shape|null;
          serviceAccountUpdate?: Uint8Array|null;
          serviceAccountRemove?: Uint8Array|null;
          namespaceUpdate?: felix.NamespaceUpdate.$Shape|null;
          namespaceRemove?: felix.NamespaceRemove.$Shape|null;
          routeUpdate?: Uint8Array|null;
          routeRemove?: Uint8Array|null;
          vtepUpdate?: Uint8Array|null;
          vtepRemove?: Uint8Array|null;
          wireguardEndpointUpdate?: Uint8Array|null;
          wireguardEndpointRemove?: Uint8Array|null;
          globalBgpConfigUpdate?: Uint8Array|null;
          encapsulation?: Uint8Array|null;
          serviceUpdate?: felix.ServiceUpdate.$Shape|null;
          serviceRemove?: felix.ServiceRemove.$Shape|null;
          wireguardEndpointV6Update?: Uint8Array|null;
          wireguardEndpointV6Remove?: Uint8Array|null;
          hostMetadataV6Update?: felix.HostMetadataV6Update.$Shape|null;
          hostMetadataV6Remove?: felix.HostMetadataRemove.$Shape|null;
          hostMetadataV4v6Update?: felix.HostMetadataV4V6Update.$Shape|null;
          hostMetadataV4v6Remove?: felix.HostMetadataRemove.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ payload?: undefined; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "inSync"; inSync: felix.InSync.$Shape; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipsetUpdate"; inSync?: null; ipsetUpdate: felix.IPSetUpdate.$Shape; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipsetDeltaUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate: felix.IPSetDeltaUpdate.$Shape; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipsetRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove: felix.IPSetRemove.$Shape; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "activeProfileUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate: Uint8Array; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "activeProfileRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove: Uint8Array; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "activePolicyUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate: felix.ActivePolicyUpdate.$Shape; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "activePolicyRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove: felix.ActivePolicyRemove.$Shape; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostEndpointUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate: felix.HostEndpointUpdate.$Shape; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostEndpointRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove: felix.HostEndpointRemove.$Shape; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "workloadEndpointUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate: Uint8Array; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "workloadEndpointRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove: Uint8Array; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "configUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate: felix.ConfigUpdate.$Shape; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate: felix.HostMetadataUpdate.$Shape; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipamPoolUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate: felix.IPAMPoolUpdate.$Shape; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "ipamPoolRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove: felix.IPAMPoolRemove.$Shape; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove: felix.HostMetadataRemove.$Shape; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "serviceAccountUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate: Uint8Array; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "serviceAccountRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove: Uint8Array; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "namespaceUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate: felix.NamespaceUpdate.$Shape; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "namespaceRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove: felix.NamespaceRemove.$Shape; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "routeUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate: Uint8Array; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "routeRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove: Uint8Array; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "vtepUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate: Uint8Array; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "vtepRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove: Uint8Array; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "wireguardEndpointUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate: Uint8Array; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "wireguardEndpointRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove: Uint8Array; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "globalBgpConfigUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate: Uint8Array; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "encapsulation"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation: Uint8Array; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "serviceUpdate"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate: felix.ServiceUpdate.$Shape; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "serviceRemove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove: felix.ServiceRemove.$Shape; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "wireguardEndpointV6Update"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update: Uint8Array; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "wireguardEndpointV6Remove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove: Uint8Array; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataV6Update"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update: felix.HostMetadataV6Update.$Shape; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataV6Remove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove: felix.HostMetadataRemove.$Shape; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataV4v6Update"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update: felix.HostMetadataV4V6Update.$Shape; hostMetadataV4v6Remove?: null }|{ payload?: "hostMetadataV4v6Remove"; inSync?: null; ipsetUpdate?: null; ipsetDeltaUpdate?: null; ipsetRemove?: null; activeProfileUpdate?: null; activeProfileRemove?: null; activePolicyUpdate?: null; activePolicyRemove?: null; hostEndpointUpdate?: null; hostEndpointRemove?: null; workloadEndpointUpdate?: null; workloadEndpointRemove?: null; configUpdate?: null; hostMetadataUpdate?: null; ipamPoolUpdate?: null; ipamPoolRemove?: null; hostMetadataRemove?: null; serviceAccountUpdate?: null; serviceAccountRemove?: null; namespaceUpdate?: null; namespaceRemove?: null; routeUpdate?: null; routeRemove?: null; vtepUpdate?: null; vtepRemove?: null; wireguardEndpointUpdate?: null; wireguardEndpointRemove?: null; globalBgpConfigUpdate?: null; encapsulation?: null; serviceUpdate?: null; serviceRemove?: null; wireguardEndpointV6Update?: null; wireguardEndpointV6Remove?: null; hostMetadataV6Update?: null; hostMetadataV6Remove?: null; hostMetadataV4v6Update?: null; hostMetadataV4v6Remove: felix.HostMetadataRemove.$Shape })
        );
    }

    /**
     * Properties of an InSync.
     * @deprecated Use felix.InSync.$Properties instead.
     */
    interface IInSync extends felix.InSync.$Properties {
    }

    /** Represents an InSync. */
    class InSync {

        /**
         * Constructs a new InSync.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.InSync.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Creates a new InSync instance using the specified properties.
         * @param [properties] Properties to set
         * @returns InSync instance
         */
        static create(properties: felix.InSync.$Shape): felix.InSync & felix.InSync.$Shape;
        static create(properties?: felix.InSync.$Properties): felix.InSync;

        /**
         * Encodes the specified InSync message. Does not implicitly {@link felix.InSync.verify|verify} messages.
         * @param message InSync message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.InSync.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an InSync message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.InSync & felix.InSync.$Shape} InSync
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.InSync & felix.InSync.$Shape;
    }

    namespace InSync {

        /** Properties of an InSync. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an InSync. */
        type $Shape = felix.InSync.$Properties;
    }

    /**
     * Properties of a ConfigUpdate.
     * @deprecated Use felix.ConfigUpdate.$Properties instead.
     */
    interface IConfigUpdate extends felix.ConfigUpdate.$Properties {
    }

    /** Represents a ConfigUpdate. */
    class ConfigUpdate {

        /**
         * Constructs a new ConfigUpdate.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.ConfigUpdate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ConfigUpdate config. */
        config: { [k: string]: string };

        /**
         * Creates a new ConfigUpdate instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ConfigUpdate instance
         */
        static create(properties: felix.ConfigUpdate.$Shape): felix.ConfigUpdate & felix.ConfigUpdate.$Shape;
        static create(properties?: felix.ConfigUpdate.$Properties): felix.ConfigUpdate;

        /**
         * Encodes the specified ConfigUpdate message. Does not implicitly {@link felix.ConfigUpdate.verify|verify} messages.
         * @param message ConfigUpdate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.ConfigUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ConfigUpdate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.ConfigUpdate & felix.ConfigUpdate.$Shape} ConfigUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.ConfigUpdate & felix.ConfigUpdate.$Shape;
    }

    namespace ConfigUpdate {

        /** Properties of a ConfigUpdate. */
        interface $Properties {

            /** ConfigUpdate config */
            config?: ({ [k: string]: string }|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ConfigUpdate. */
        type $Shape = felix.ConfigUpdate.$Properties;
    }

    /**
     * Properties of a IPSetUpdate.
     * @deprecated Use felix.IPSetUpdate.$Properties instead.
     */
    interface IIPSetUpdate extends felix.IPSetUpdate.$Properties {
    }

    /** Represents a IPSetUpdate. */
    class IPSetUpdate {

        /**
         * Constructs a new IPSetUpdate.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.IPSetUpdate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** IPSetUpdate id. */
        id: string;

        /** IPSetUpdate members. */
        members: string[];

        /** IPSetUpdate type. */
        type: felix.IPSetUpdate.IPSetType;

        /**
         * Creates a new IPSetUpdate instance using the specified properties.
         * @param [properties] Properties to set
         * @returns IPSetUpdate instance
         */
        static create(properties: felix.IPSetUpdate.$Shape): felix.IPSetUpdate & felix.IPSetUpdate.$Shape;
        static create(properties?: felix.IPSetUpdate.$Properties): felix.IPSetUpdate;

        /**
         * Encodes the specified IPSetUpdate message. Does not implicitly {@link felix.IPSetUpdate.verify|verify} messages.
         * @param message IPSetUpdate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.IPSetUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a IPSetUpdate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.IPSetUpdate & felix.IPSetUpdate.$Shape} IPSetUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.IPSetUpdate & felix.IPSetUpdate.$Shape;
    }

    namespace IPSetUpdate {

        /** Properties of a IPSetUpdate. */
        interface $Properties {

            /** IPSetUpdate id */
            id?: (string|null);

            /** IPSetUpdate members */
            members?: (string[]|null);

            /** IPSetUpdate type */
            type?: (felix.IPSetUpdate.IPSetType|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a IPSetUpdate. */
        type $Shape = felix.IPSetUpdate.$Properties;

        /** IPSetType enum. */
        enum IPSetType {

            /** IP value */
            IP = 0,

            /** IP_AND_PORT value */
            IP_AND_PORT = 1,

            /** NET value */
            NET = 2
        }
    }

    /**
     * Properties of a IPSetDeltaUpdate.
     * @deprecated Use felix.IPSetDeltaUpdate.$Properties instead.
     */
    interface IIPSetDeltaUpdate extends felix.IPSetDeltaUpdate.$Properties {
    }

    /** Represents a IPSetDeltaUpdate. */
    class IPSetDeltaUpdate {

        /**
         * Constructs a new IPSetDeltaUpdate.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.IPSetDeltaUpdate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** IPSetDeltaUpdate id. */
        id: string;

        /** IPSetDeltaUpdate addedMembers. */
        addedMembers: string[];

        /** IPSetDeltaUpdate removedMembers. */
        removedMembers: string[];

        /**
         * Creates a new IPSetDeltaUpdate instance using the specified properties.
         * @param [properties] Properties to set
         * @returns IPSetDeltaUpdate instance
         */
        static create(properties: felix.IPSetDeltaUpdate.$Shape): felix.IPSetDeltaUpdate & felix.IPSetDeltaUpdate.$Shape;
        static create(properties?: felix.IPSetDeltaUpdate.$Properties): felix.IPSetDeltaUpdate;

        /**
         * Encodes the specified IPSetDeltaUpdate message. Does not implicitly {@link felix.IPSetDeltaUpdate.verify|verify} messages.
         * @param message IPSetDeltaUpdate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.IPSetDeltaUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a IPSetDeltaUpdate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.IPSetDeltaUpdate & felix.IPSetDeltaUpdate.$Shape} IPSetDeltaUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.IPSetDeltaUpdate & felix.IPSetDeltaUpdate.$Shape;
    }

    namespace IPSetDeltaUpdate {

        /** Properties of a IPSetDeltaUpdate. */
        interface $Properties {

            /** IPSetDeltaUpdate id */
            id?: (string|null);

            /** IPSetDeltaUpdate addedMembers */
            addedMembers?: (string[]|null);

            /** IPSetDeltaUpdate removedMembers */
            removedMembers?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a IPSetDeltaUpdate. */
        type $Shape = felix.IPSetDeltaUpdate.$Properties;
    }

    /**
     * Properties of a IPSetRemove.
     * @deprecated Use felix.IPSetRemove.$Properties instead.
     */
    interface IIPSetRemove extends felix.IPSetRemove.$Properties {
    }

    /** Represents a IPSetRemove. */
    class IPSetRemove {

        /**
         * Constructs a new IPSetRemove.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.IPSetRemove.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** IPSetRemove id. */
        id: string;

        /**
         * Creates a new IPSetRemove instance using the specified properties.
         * @param [properties] Properties to set
         * @returns IPSetRemove instance
         */
        static create(properties: felix.IPSetRemove.$Shape): felix.IPSetRemove & felix.IPSetRemove.$Shape;
        static create(properties?: felix.IPSetRemove.$Properties): felix.IPSetRemove;

        /**
         * Encodes the specified IPSetRemove message. Does not implicitly {@link felix.IPSetRemove.verify|verify} messages.
         * @param message IPSetRemove message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.IPSetRemove.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a IPSetRemove message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.IPSetRemove & felix.IPSetRemove.$Shape} IPSetRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.IPSetRemove & felix.IPSetRemove.$Shape;
    }

    namespace IPSetRemove {

        /** Properties of a IPSetRemove. */
        interface $Properties {

            /** IPSetRemove id */
            id?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a IPSetRemove. */
        type $Shape = felix.IPSetRemove.$Properties;
    }

    /**
     * Properties of a PolicyID.
     * @deprecated Use felix.PolicyID.$Properties instead.
     */
    interface IPolicyID extends felix.PolicyID.$Properties {
    }

    /** Represents a PolicyID. */
    class PolicyID {

        /**
         * Constructs a new PolicyID.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.PolicyID.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** PolicyID tier. */
        tier: string;

        /** PolicyID name. */
        name: string;

        /** PolicyID namespace. */
        namespace: string;

        /** PolicyID kind. */
        kind: string;

        /**
         * Creates a new PolicyID instance using the specified properties.
         * @param [properties] Properties to set
         * @returns PolicyID instance
         */
        static create(properties: felix.PolicyID.$Shape): felix.PolicyID & felix.PolicyID.$Shape;
        static create(properties?: felix.PolicyID.$Properties): felix.PolicyID;

        /**
         * Encodes the specified PolicyID message. Does not implicitly {@link felix.PolicyID.verify|verify} messages.
         * @param message PolicyID message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.PolicyID.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a PolicyID message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.PolicyID & felix.PolicyID.$Shape} PolicyID
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.PolicyID & felix.PolicyID.$Shape;
    }

    namespace PolicyID {

        /** Properties of a PolicyID. */
        interface $Properties {

            /** PolicyID tier */
            tier?: (string|null);

            /** PolicyID name */
            name?: (string|null);

            /** PolicyID namespace */
            namespace?: (string|null);

            /** PolicyID kind */
            kind?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a PolicyID. */
        type $Shape = felix.PolicyID.$Properties;
    }

    /**
     * Properties of a Policy.
     * @deprecated Use felix.Policy.$Properties instead.
     */
    interface IPolicy extends felix.Policy.$Properties {
    }

    /** Represents a Policy. */
    class Policy {

        /**
         * Constructs a new Policy.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.Policy.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Policy inboundRules. */
        inboundRules: felix.Rule.$Properties[];

        /** Policy outboundRules. */
        outboundRules: felix.Rule.$Properties[];

        /** Policy untracked. */
        untracked: boolean;

        /** Policy preDnat. */
        preDnat: boolean;

        /** Policy namespace. */
        namespace: string;

        /** Policy originalSelector. */
        originalSelector: string;

        /** Policy perfHints. */
        perfHints: string[];

        /** Policy tier. */
        tier: string;

        /**
         * Creates a new Policy instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Policy instance
         */
        static create(properties: felix.Policy.$Shape): felix.Policy & felix.Policy.$Shape;
        static create(properties?: felix.Policy.$Properties): felix.Policy;

        /**
         * Encodes the specified Policy message. Does not implicitly {@link felix.Policy.verify|verify} messages.
         * @param message Policy message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.Policy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Policy message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.Policy & felix.Policy.$Shape} Policy
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.Policy & felix.Policy.$Shape;
    }

    namespace Policy {

        /** Properties of a Policy. */
        interface $Properties {

            /** Policy inboundRules */
            inboundRules?: (felix.Rule.$Properties[]|null);

            /** Policy outboundRules */
            outboundRules?: (felix.Rule.$Properties[]|null);

            /** Policy untracked */
            untracked?: (boolean|null);

            /** Policy preDnat */
            preDnat?: (boolean|null);

            /** Policy namespace */
            namespace?: (string|null);

            /** Policy originalSelector */
            originalSelector?: (string|null);

            /** Policy perfHints */
            perfHints?: (string[]|null);

            /** Policy tier */
            tier?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Policy. */
        type $Shape = {
          inboundRules?: felix.Rule.$Shape[]|null;
          outboundRules?: felix.Rule.$Shape[]|null;
          untracked?: boolean|null;
          preDnat?: boolean|null;
          namespace?: string|null;
          originalSelector?: string|null;
          perfHints?: string[]|null;
          tier?: string|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an ActivePolicyUpdate.
     * @deprecated Use felix.ActivePolicyUpdate.$Properties instead.
     */
    interface IActivePolicyUpdate extends felix.ActivePolicyUpdate.$Properties {
    }

    /** Represents an ActivePolicyUpdate. */
    class ActivePolicyUpdate {

        /**
         * Constructs a new ActivePolicyUpdate.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.ActivePolicyUpdate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ActivePolicyUpdate id. */
        id?: (felix.PolicyID.$Properties|null);

        /** ActivePolicyUpdate policy. */
        policy?: (felix.Policy.$Properties|null);

        /**
         * Creates a new ActivePolicyUpdate instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ActivePolicyUpdate instance
         */
        static create(properties: felix.ActivePolicyUpdate.$Shape): felix.ActivePolicyUpdate & felix.ActivePolicyUpdate.$Shape;
        static create(properties?: felix.ActivePolicyUpdate.$Properties): felix.ActivePolicyUpdate;

        /**
         * Encodes the specified ActivePolicyUpdate message. Does not implicitly {@link felix.ActivePolicyUpdate.verify|verify} messages.
         * @param message ActivePolicyUpdate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.ActivePolicyUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an ActivePolicyUpdate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.ActivePolicyUpdate & felix.ActivePolicyUpdate.$Shape} ActivePolicyUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.ActivePolicyUpdate & felix.ActivePolicyUpdate.$Shape;
    }

    namespace ActivePolicyUpdate {

        /** Properties of an ActivePolicyUpdate. */
        interface $Properties {

            /** ActivePolicyUpdate id */
            id?: (felix.PolicyID.$Properties|null);

            /** ActivePolicyUpdate policy */
            policy?: (felix.Policy.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an ActivePolicyUpdate. */
        type $Shape = {
          id?: felix.PolicyID.$Shape|null;
          policy?: felix.Policy.$Shape|null;
          $unknowns?: Uint8Array[];
        };
    }

    /**
     * Properties of an ActivePolicyRemove.
     * @deprecated Use felix.ActivePolicyRemove.$Properties instead.
     */
    interface IActivePolicyRemove extends felix.ActivePolicyRemove.$Properties {
    }

    /** Represents an ActivePolicyRemove. */
    class ActivePolicyRemove {

        /**
         * Constructs a new ActivePolicyRemove.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.ActivePolicyRemove.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ActivePolicyRemove id. */
        id?: (felix.PolicyID.$Properties|null);

        /**
         * Creates a new ActivePolicyRemove instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ActivePolicyRemove instance
         */
        static create(properties: felix.ActivePolicyRemove.$Shape): felix.ActivePolicyRemove & felix.ActivePolicyRemove.$Shape;
        static create(properties?: felix.ActivePolicyRemove.$Properties): felix.ActivePolicyRemove;

        /**
         * Encodes the specified ActivePolicyRemove message. Does not implicitly {@link felix.ActivePolicyRemove.verify|verify} messages.
         * @param message ActivePolicyRemove message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.ActivePolicyRemove.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an ActivePolicyRemove message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.ActivePolicyRemove & felix.ActivePolicyRemove.$Shape} ActivePolicyRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.ActivePolicyRemove & felix.ActivePolicyRemove.$Shape;
    }

    namespace ActivePolicyRemove {

        /** Properties of an ActivePolicyRemove. */
        interface $Properties {

            /** ActivePolicyRemove id */
            id?: (felix.PolicyID.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an ActivePolicyRemove. */
        type $Shape = felix.ActivePolicyRemove.$Properties;
    }

    /** IPVersion enum. */
    enum IPVersion {

        /** ANY value */
        ANY = 0,

        /** IPV4 value */
        IPV4 = 4,

        /** IPV6 value */
        IPV6 = 6
    }

    /**
     * Properties of a Protocol.
     * @deprecated Use felix.Protocol.$Properties instead.
     */
    interface IProtocol extends felix.Protocol.$Properties {
    }

    /** Represents a Protocol. */
    class Protocol {

        /**
         * Constructs a new Protocol.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.Protocol.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Protocol number. */
        number?: (number|null);

        /** Protocol name. */
        name?: (string|null);

        /** Protocol numberOrName. */
        numberOrName?: ("number"|"name");

        /**
         * Creates a new Protocol instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Protocol instance
         */
        static create(properties: felix.Protocol.$Shape): felix.Protocol & felix.Protocol.$Shape;
        static create(properties?: felix.Protocol.$Properties): felix.Protocol;

        /**
         * Encodes the specified Protocol message. Does not implicitly {@link felix.Protocol.verify|verify} messages.
         * @param message Protocol message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.Protocol.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Protocol message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.Protocol & felix.Protocol.$Shape} Protocol
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.Protocol & felix.Protocol.$Shape;
    }

    namespace Protocol {

        /** Properties of a Protocol. */
        interface $Properties {

            /** Protocol number */
            number?: (number|null);

            /** Protocol name */
            name?: (string|null);

            /** Protocol numberOrName */
            numberOrName?: ("number"|"name");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Protocol. */
        type $Shape = {
          number?: number|null;
          name?: string|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ numberOrName?: undefined; number?: null; name?: null }|{ numberOrName?: "number"; number: number; name?: null }|{ numberOrName?: "name"; number?: null; name: string })
        );
    }

    /**
     * Properties of a PortRange.
     * @deprecated Use felix.PortRange.$Properties instead.
     */
    interface IPortRange extends felix.PortRange.$Properties {
    }

    /** Represents a PortRange. */
    class PortRange {

        /**
         * Constructs a new PortRange.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.PortRange.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** PortRange first. */
        first: number;

        /** PortRange last. */
        last: number;

        /**
         * Creates a new PortRange instance using the specified properties.
         * @param [properties] Properties to set
         * @returns PortRange instance
         */
        static create(properties: felix.PortRange.$Shape): felix.PortRange & felix.PortRange.$Shape;
        static create(properties?: felix.PortRange.$Properties): felix.PortRange;

        /**
         * Encodes the specified PortRange message. Does not implicitly {@link felix.PortRange.verify|verify} messages.
         * @param message PortRange message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.PortRange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a PortRange message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.PortRange & felix.PortRange.$Shape} PortRange
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.PortRange & felix.PortRange.$Shape;
    }

    namespace PortRange {

        /** Properties of a PortRange. */
        interface $Properties {

            /** PortRange first */
            first?: (number|null);

            /** PortRange last */
            last?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a PortRange. */
        type $Shape = felix.PortRange.$Properties;
    }

    /**
     * Properties of an IcmpTypeAndCode.
     * @deprecated Use felix.IcmpTypeAndCode.$Properties instead.
     */
    interface IIcmpTypeAndCode extends felix.IcmpTypeAndCode.$Properties {
    }

    /** Represents an IcmpTypeAndCode. */
    class IcmpTypeAndCode {

        /**
         * Constructs a new IcmpTypeAndCode.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.IcmpTypeAndCode.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** IcmpTypeAndCode type. */
        type: number;

        /** IcmpTypeAndCode code. */
        code: number;

        /**
         * Creates a new IcmpTypeAndCode instance using the specified properties.
         * @param [properties] Properties to set
         * @returns IcmpTypeAndCode instance
         */
        static create(properties: felix.IcmpTypeAndCode.$Shape): felix.IcmpTypeAndCode & felix.IcmpTypeAndCode.$Shape;
        static create(properties?: felix.IcmpTypeAndCode.$Properties): felix.IcmpTypeAndCode;

        /**
         * Encodes the specified IcmpTypeAndCode message. Does not implicitly {@link felix.IcmpTypeAndCode.verify|verify} messages.
         * @param message IcmpTypeAndCode message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.IcmpTypeAndCode.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an IcmpTypeAndCode message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.IcmpTypeAndCode & felix.IcmpTypeAndCode.$Shape} IcmpTypeAndCode
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.IcmpTypeAndCode & felix.IcmpTypeAndCode.$Shape;
    }

    namespace IcmpTypeAndCode {

        /** Properties of an IcmpTypeAndCode. */
        interface $Properties {

            /** IcmpTypeAndCode type */
            type?: (number|null);

            /** IcmpTypeAndCode code */
            code?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an IcmpTypeAndCode. */
        type $Shape = felix.IcmpTypeAndCode.$Properties;
    }

    /**
     * Properties of a ServiceAccountMatch.
     * @deprecated Use felix.ServiceAccountMatch.$Properties instead.
     */
    interface IServiceAccountMatch extends felix.ServiceAccountMatch.$Properties {
    }

    /** Represents a ServiceAccountMatch. */
    class ServiceAccountMatch {

        /**
         * Constructs a new ServiceAccountMatch.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.ServiceAccountMatch.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ServiceAccountMatch selector. */
        selector: string;

        /** ServiceAccountMatch names. */
        names: string[];

        /**
         * Creates a new ServiceAccountMatch instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ServiceAccountMatch instance
         */
        static create(properties: felix.ServiceAccountMatch.$Shape): felix.ServiceAccountMatch & felix.ServiceAccountMatch.$Shape;
        static create(properties?: felix.ServiceAccountMatch.$Properties): felix.ServiceAccountMatch;

        /**
         * Encodes the specified ServiceAccountMatch message. Does not implicitly {@link felix.ServiceAccountMatch.verify|verify} messages.
         * @param message ServiceAccountMatch message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.ServiceAccountMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ServiceAccountMatch message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.ServiceAccountMatch & felix.ServiceAccountMatch.$Shape} ServiceAccountMatch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.ServiceAccountMatch & felix.ServiceAccountMatch.$Shape;
    }

    namespace ServiceAccountMatch {

        /** Properties of a ServiceAccountMatch. */
        interface $Properties {

            /** ServiceAccountMatch selector */
            selector?: (string|null);

            /** ServiceAccountMatch names */
            names?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ServiceAccountMatch. */
        type $Shape = felix.ServiceAccountMatch.$Properties;
    }

    /**
     * Properties of a HTTPMatch.
     * @deprecated Use felix.HTTPMatch.$Properties instead.
     */
    interface IHTTPMatch extends felix.HTTPMatch.$Properties {
    }

    /** Represents a HTTPMatch. */
    class HTTPMatch {

        /**
         * Constructs a new HTTPMatch.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.HTTPMatch.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HTTPMatch methods. */
        methods: string[];

        /** HTTPMatch paths. */
        paths: felix.HTTPMatch.PathMatch.$Properties[];

        /**
         * Creates a new HTTPMatch instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HTTPMatch instance
         */
        static create(properties: felix.HTTPMatch.$Shape): felix.HTTPMatch & felix.HTTPMatch.$Shape;
        static create(properties?: felix.HTTPMatch.$Properties): felix.HTTPMatch;

        /**
         * Encodes the specified HTTPMatch message. Does not implicitly {@link felix.HTTPMatch.verify|verify} messages.
         * @param message HTTPMatch message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.HTTPMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HTTPMatch message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.HTTPMatch & felix.HTTPMatch.$Shape} HTTPMatch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HTTPMatch & felix.HTTPMatch.$Shape;
    }

    namespace HTTPMatch {

        /** Properties of a HTTPMatch. */
        interface $Properties {

            /** HTTPMatch methods */
            methods?: (string[]|null);

            /** HTTPMatch paths */
            paths?: (felix.HTTPMatch.PathMatch.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HTTPMatch. */
        type $Shape = {
          methods?: string[]|null;
          paths?: felix.HTTPMatch.PathMatch.$Shape[]|null;
          $unknowns?: Uint8Array[];
        };

        /**
         * Properties of a PathMatch.
         * @deprecated Use felix.HTTPMatch.PathMatch.$Properties instead.
         */
        interface IPathMatch extends felix.HTTPMatch.PathMatch.$Properties {
        }

        /** Represents a PathMatch. */
        class PathMatch {

            /**
             * Constructs a new PathMatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: felix.HTTPMatch.PathMatch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PathMatch exact. */
            exact?: (string|null);

            /** PathMatch prefix. */
            prefix?: (string|null);

            /** PathMatch pathMatch. */
            pathMatch?: ("exact"|"prefix");

            /**
             * Creates a new PathMatch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PathMatch instance
             */
            static create(properties: felix.HTTPMatch.PathMatch.$Shape): felix.HTTPMatch.PathMatch & felix.HTTPMatch.PathMatch.$Shape;
            static create(properties?: felix.HTTPMatch.PathMatch.$Properties): felix.HTTPMatch.PathMatch;

            /**
             * Encodes the specified PathMatch message. Does not implicitly {@link felix.HTTPMatch.PathMatch.verify|verify} messages.
             * @param message PathMatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: felix.HTTPMatch.PathMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PathMatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {felix.HTTPMatch.PathMatch & felix.HTTPMatch.PathMatch.$Shape} PathMatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HTTPMatch.PathMatch & felix.HTTPMatch.PathMatch.$Shape;
        }

        namespace PathMatch {

            /** Properties of a PathMatch. */
            interface $Properties {

                /** PathMatch exact */
                exact?: (string|null);

                /** PathMatch prefix */
                prefix?: (string|null);

                /** PathMatch pathMatch */
                pathMatch?: ("exact"|"prefix");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a PathMatch. */
            type $Shape = {
              exact?: string|null;
              prefix?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ pathMatch?: undefined; exact?: null; prefix?: null }|{ pathMatch?: "exact"; exact: string; prefix?: null }|{ pathMatch?: "prefix"; exact?: null; prefix: string })
            );
        }
    }

    /**
     * Properties of a RuleMetadata.
     * @deprecated Use felix.RuleMetadata.$Properties instead.
     */
    interface IRuleMetadata extends felix.RuleMetadata.$Properties {
    }

    /** Represents a RuleMetadata. */
    class RuleMetadata {

        /**
         * Constructs a new RuleMetadata.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.RuleMetadata.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** RuleMetadata annotations. */
        annotations: { [k: string]: string };

        /**
         * Creates a new RuleMetadata instance using the specified properties.
         * @param [properties] Properties to set
         * @returns RuleMetadata instance
         */
        static create(properties: felix.RuleMetadata.$Shape): felix.RuleMetadata & felix.RuleMetadata.$Shape;
        static create(properties?: felix.RuleMetadata.$Properties): felix.RuleMetadata;

        /**
         * Encodes the specified RuleMetadata message. Does not implicitly {@link felix.RuleMetadata.verify|verify} messages.
         * @param message RuleMetadata message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.RuleMetadata.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a RuleMetadata message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.RuleMetadata & felix.RuleMetadata.$Shape} RuleMetadata
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.RuleMetadata & felix.RuleMetadata.$Shape;
    }

    namespace RuleMetadata {

        /** Properties of a RuleMetadata. */
        interface $Properties {

            /** RuleMetadata annotations */
            annotations?: ({ [k: string]: string }|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a RuleMetadata. */
        type $Shape = felix.RuleMetadata.$Properties;
    }

    /**
     * Properties of a Rule.
     * @deprecated Use felix.Rule.$Properties instead.
     */
    interface IRule extends felix.Rule.$Properties {
    }

    /** Represents a Rule. */
    class Rule {

        /**
         * Constructs a new Rule.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.Rule.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Rule action. */
        action: string;

        /** Rule ipVersion. */
        ipVersion: felix.IPVersion;

        /** Rule protocol. */
        protocol?: (felix.Protocol.$Properties|null);

        /** Rule srcNet. */
        srcNet: string[];

        /** Rule srcPorts. */
        srcPorts: felix.PortRange.$Properties[];

        /** Rule dstNet. */
        dstNet: string[];

        /** Rule dstPorts. */
        dstPorts: felix.PortRange.$Properties[];

        /** Rule icmpType. */
        icmpType?: (number|null);

        /** Rule icmpTypeCode. */
        icmpTypeCode?: (felix.IcmpTypeAndCode.$Properties|null);

        /** Rule srcIpSetIds. */
        srcIpSetIds: string[];

        /** Rule dstIpSetIds. */
        dstIpSetIds: string[];

        /** Rule srcNamedPortIpSetIds. */
        srcNamedPortIpSetIds: string[];

        /** Rule dstNamedPortIpSetIds. */
        dstNamedPortIpSetIds: string[];

        /** Rule dstIpPortSetIds. */
        dstIpPortSetIds: string[];

        /** Rule notProtocol. */
        notProtocol?: (felix.Protocol.$Properties|null);

        /** Rule notSrcNet. */
        notSrcNet: string[];

        /** Rule notSrcPorts. */
        notSrcPorts: felix.PortRange.$Properties[];

        /** Rule notDstNet. */
        notDstNet: string[];

        /** Rule notDstPorts. */
        notDstPorts: felix.PortRange.$Properties[];

        /** Rule notIcmpType. */
        notIcmpType?: (number|null);

        /** Rule notIcmpTypeCode. */
        notIcmpTypeCode?: (felix.IcmpTypeAndCode.$Properties|null);

        /** Rule notSrcIpSetIds. */
        notSrcIpSetIds: string[];

        /** Rule notDstIpSetIds. */
        notDstIpSetIds: string[];

        /** Rule notSrcNamedPortIpSetIds. */
        notSrcNamedPortIpSetIds: string[];

        /** Rule notDstNamedPortIpSetIds. */
        notDstNamedPortIpSetIds: string[];

        /** Rule originalSrcSelector. */
        originalSrcSelector: string;

        /** Rule originalDstSelector. */
        originalDstSelector: string;

        /** Rule originalSrcNamespaceSelector. */
        originalSrcNamespaceSelector: string;

        /** Rule originalDstNamespaceSelector. */
        originalDstNamespaceSelector: string;

        /** Rule originalNotSrcSelector. */
        originalNotSrcSelector: string;

        /** Rule originalNotDstSelector. */
        originalNotDstSelector: string;

        /** Rule srcServiceAccountMatch. */
        srcServiceAccountMatch?: (felix.ServiceAccountMatch.$Properties|null);

        /** Rule dstServiceAccountMatch. */
        dstServiceAccountMatch?: (felix.ServiceAccountMatch.$Properties|null);

        /** Rule httpMatch. */
        httpMatch?: (felix.HTTPMatch.$Properties|null);

        /** Rule metadata. */
        metadata?: (felix.RuleMetadata.$Properties|null);

        /** Rule originalDstService. */
        originalDstService: string;

        /** Rule originalDstServiceNamespace. */
        originalDstServiceNamespace: string;

        /** Rule originalSrcService. */
        originalSrcService: string;

        /** Rule originalSrcServiceNamespace. */
        originalSrcServiceNamespace: string;

        /** Rule ruleId. */
        ruleId: string;

        /** Rule icmp. */
        icmp?: ("icmpType"|"icmpTypeCode");

        /** Rule notIcmp. */
        notIcmp?: ("notIcmpType"|"notIcmpTypeCode");

        /**
         * Creates a new Rule instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Rule instance
         */
        static create(properties: felix.Rule.$Shape): felix.Rule & felix.Rule.$Shape;
        static create(properties?: felix.Rule.$Properties): felix.Rule;

        /**
         * Encodes the specified Rule message. Does not implicitly {@link felix.Rule.verify|verify} messages.
         * @param message Rule message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.Rule.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Rule message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.Rule & felix.Rule.$Shape} Rule
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.Rule & felix.Rule.$Shape;
    }

    namespace Rule {

        /** Properties of a Rule. */
        interface $Properties {

            /** Rule action */
            action?: (string|null);

            /** Rule ipVersion */
            ipVersion?: (felix.IPVersion|null);

            /** Rule protocol */
            protocol?: (felix.Protocol.$Properties|null);

            /** Rule srcNet */
            srcNet?: (string[]|null);

            /** Rule srcPorts */
            srcPorts?: (felix.PortRange.$Properties[]|null);

            /** Rule dstNet */
            dstNet?: (string[]|null);

            /** Rule dstPorts */
            dstPorts?: (felix.PortRange.$Properties[]|null);

            /** Rule icmpType */
            icmpType?: (number|null);

            /** Rule icmpTypeCode */
            icmpTypeCode?: (felix.IcmpTypeAndCode.$Properties|null);

            /** Rule srcIpSetIds */
            srcIpSetIds?: (string[]|null);

            /** Rule dstIpSetIds */
            dstIpSetIds?: (string[]|null);

            /** Rule srcNamedPortIpSetIds */
            srcNamedPortIpSetIds?: (string[]|null);

            /** Rule dstNamedPortIpSetIds */
            dstNamedPortIpSetIds?: (string[]|null);

            /** Rule dstIpPortSetIds */
            dstIpPortSetIds?: (string[]|null);

            /** Rule notProtocol */
            notProtocol?: (felix.Protocol.$Properties|null);

            /** Rule notSrcNet */
            notSrcNet?: (string[]|null);

            /** Rule notSrcPorts */
            notSrcPorts?: (felix.PortRange.$Properties[]|null);

            /** Rule notDstNet */
            notDstNet?: (string[]|null);

            /** Rule notDstPorts */
            notDstPorts?: (felix.PortRange.$Properties[]|null);

            /** Rule notIcmpType */
            notIcmpType?: (number|null);

            /** Rule notIcmpTypeCode */
            notIcmpTypeCode?: (felix.IcmpTypeAndCode.$Properties|null);

            /** Rule notSrcIpSetIds */
            notSrcIpSetIds?: (string[]|null);

            /** Rule notDstIpSetIds */
            notDstIpSetIds?: (string[]|null);

            /** Rule notSrcNamedPortIpSetIds */
            notSrcNamedPortIpSetIds?: (string[]|null);

            /** Rule notDstNamedPortIpSetIds */
            notDstNamedPortIpSetIds?: (string[]|null);

            /** Rule originalSrcSelector */
            originalSrcSelector?: (string|null);

            /** Rule originalDstSelector */
            originalDstSelector?: (string|null);

            /** Rule originalSrcNamespaceSelector */
            originalSrcNamespaceSelector?: (string|null);

            /** Rule originalDstNamespaceSelector */
            originalDstNamespaceSelector?: (string|null);

            /** Rule originalNotSrcSelector */
            originalNotSrcSelector?: (string|null);

            /** Rule originalNotDstSelector */
            originalNotDstSelector?: (string|null);

            /** Rule srcServiceAccountMatch */
            srcServiceAccountMatch?: (felix.ServiceAccountMatch.$Properties|null);

            /** Rule dstServiceAccountMatch */
            dstServiceAccountMatch?: (felix.ServiceAccountMatch.$Properties|null);

            /** Rule httpMatch */
            httpMatch?: (felix.HTTPMatch.$Properties|null);

            /** Rule metadata */
            metadata?: (felix.RuleMetadata.$Properties|null);

            /** Rule originalDstService */
            originalDstService?: (string|null);

            /** Rule originalDstServiceNamespace */
            originalDstServiceNamespace?: (string|null);

            /** Rule originalSrcService */
            originalSrcService?: (string|null);

            /** Rule originalSrcServiceNamespace */
            originalSrcServiceNamespace?: (string|null);

            /** Rule ruleId */
            ruleId?: (string|null);

            /** Rule icmp */
            icmp?: ("icmpType"|"icmpTypeCode");

            /** Rule notIcmp */
            notIcmp?: ("notIcmpType"|"notIcmpTypeCode");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Rule. */
        type $Shape = {
          action?: string|null;
          ipVersion?: felix.IPVersion|null;
          protocol?: felix.Protocol.$Shape|null;
          srcNet?: string[]|null;
          srcPorts?: felix.PortRange.$Shape[]|null;
          dstNet?: string[]|null;
          dstPorts?: felix.PortRange.$Shape[]|null;
          icmpType?: number|null;
          icmpTypeCode?: felix.IcmpTypeAndCode.$Shape|null;
          srcIpSetIds?: string[]|null;
          dstIpSetIds?: string[]|null;
          srcNamedPortIpSetIds?: string[]|null;
          dstNamedPortIpSetIds?: string[]|null;
          dstIpPortSetIds?: string[]|null;
          notProtocol?: felix.Protocol.$Shape|null;
          notSrcNet?: string[]|null;
          notSrcPorts?: felix.PortRange.$Shape[]|null;
          notDstNet?: string[]|null;
          notDstPorts?: felix.PortRange.$Shape[]|null;
          notIcmpType?: number|null;
          notIcmpTypeCode?: felix.IcmpTypeAndCode.$Shape|null;
          notSrcIpSetIds?: string[]|null;
          notDstIpSetIds?: string[]|null;
          notSrcNamedPortIpSetIds?: string[]|null;
          notDstNamedPortIpSetIds?: string[]|null;
          originalSrcSelector?: string|null;
          originalDstSelector?: string|null;
          originalSrcNamespaceSelector?: string|null;
          originalDstNamespaceSelector?: string|null;
          originalNotSrcSelector?: string|null;
          originalNotDstSelector?: string|null;
          srcServiceAccountMatch?: felix.ServiceAccountMatch.$Shape|null;
          dstServiceAccountMatch?: felix.ServiceAccountMatch.$Shape|null;
          httpMatch?: felix.HTTPMatch.$Shape|null;
          metadata?: felix.RuleMetadata.$Shape|null;
          originalDstService?: string|null;
          originalDstServiceNamespace?: string|null;
          originalSrcService?: string|null;
          originalSrcServiceNamespace?: string|null;
          ruleId?: string|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ icmp?: undefined; icmpType?: null; icmpTypeCode?: null }|{ icmp?: "icmpType"; icmpType: number; icmpTypeCode?: null }|{ icmp?: "icmpTypeCode"; icmpType?: null; icmpTypeCode: felix.IcmpTypeAndCode.$Shape })
        ) & (
          ({ notIcmp?: undefined; notIcmpType?: null; notIcmpTypeCode?: null }|{ notIcmp?: "notIcmpType"; notIcmpType: number; notIcmpTypeCode?: null }|{ notIcmp?: "notIcmpTypeCode"; notIcmpType?: null; notIcmpTypeCode: felix.IcmpTypeAndCode.$Shape })
        );
    }

    /**
     * Properties of a HostEndpointID.
     * @deprecated Use felix.HostEndpointID.$Properties instead.
     */
    interface IHostEndpointID extends felix.HostEndpointID.$Properties {
    }

    /** Represents a HostEndpointID. */
    class HostEndpointID {

        /**
         * Constructs a new HostEndpointID.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.HostEndpointID.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HostEndpointID endpointId. */
        endpointId: string;

        /**
         * Creates a new HostEndpointID instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HostEndpointID instance
         */
        static create(properties: felix.HostEndpointID.$Shape): felix.HostEndpointID & felix.HostEndpointID.$Shape;
        static create(properties?: felix.HostEndpointID.$Properties): felix.HostEndpointID;

        /**
         * Encodes the specified HostEndpointID message. Does not implicitly {@link felix.HostEndpointID.verify|verify} messages.
         * @param message HostEndpointID message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.HostEndpointID.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HostEndpointID message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.HostEndpointID & felix.HostEndpointID.$Shape} HostEndpointID
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HostEndpointID & felix.HostEndpointID.$Shape;
    }

    namespace HostEndpointID {

        /** Properties of a HostEndpointID. */
        interface $Properties {

            /** HostEndpointID endpointId */
            endpointId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HostEndpointID. */
        type $Shape = felix.HostEndpointID.$Properties;
    }

    /**
     * Properties of a TierInfo.
     * @deprecated Use felix.TierInfo.$Properties instead.
     */
    interface ITierInfo extends felix.TierInfo.$Properties {
    }

    /** Represents a TierInfo. */
    class TierInfo {

        /**
         * Constructs a new TierInfo.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.TierInfo.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** TierInfo name. */
        name: string;

        /** TierInfo ingressPolicies. */
        ingressPolicies: Uint8Array[];

        /** TierInfo egressPolicies. */
        egressPolicies: Uint8Array[];

        /** TierInfo defaultAction. */
        defaultAction: string;

        /**
         * Creates a new TierInfo instance using the specified properties.
         * @param [properties] Properties to set
         * @returns TierInfo instance
         */
        static create(properties: felix.TierInfo.$Shape): felix.TierInfo & felix.TierInfo.$Shape;
        static create(properties?: felix.TierInfo.$Properties): felix.TierInfo;

        /**
         * Encodes the specified TierInfo message. Does not implicitly {@link felix.TierInfo.verify|verify} messages.
         * @param message TierInfo message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.TierInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a TierInfo message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.TierInfo & felix.TierInfo.$Shape} TierInfo
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.TierInfo & felix.TierInfo.$Shape;
    }

    namespace TierInfo {

        /** Properties of a TierInfo. */
        interface $Properties {

            /** TierInfo name */
            name?: (string|null);

            /** TierInfo ingressPolicies */
            ingressPolicies?: (Uint8Array[]|null);

            /** TierInfo egressPolicies */
            egressPolicies?: (Uint8Array[]|null);

            /** TierInfo defaultAction */
            defaultAction?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a TierInfo. */
        type $Shape = felix.TierInfo.$Properties;
    }

    /**
     * Properties of a HostEndpoint.
     * @deprecated Use felix.HostEndpoint.$Properties instead.
     */
    interface IHostEndpoint extends felix.HostEndpoint.$Properties {
    }

    /** Represents a HostEndpoint. */
    class HostEndpoint {

        /**
         * Constructs a new HostEndpoint.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.HostEndpoint.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HostEndpoint name. */
        name: string;

        /** HostEndpoint profileIds. */
        profileIds: string[];

        /** HostEndpoint tiers. */
        tiers: felix.TierInfo.$Properties[];

        /** HostEndpoint expectedIpv4Addrs. */
        expectedIpv4Addrs: string[];

        /** HostEndpoint expectedIpv6Addrs. */
        expectedIpv6Addrs: string[];

        /** HostEndpoint untrackedTiers. */
        untrackedTiers: felix.TierInfo.$Properties[];

        /** HostEndpoint preDnatTiers. */
        preDnatTiers: felix.TierInfo.$Properties[];

        /** HostEndpoint forwardTiers. */
        forwardTiers: felix.TierInfo.$Properties[];

        /**
         * Creates a new HostEndpoint instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HostEndpoint instance
         */
        static create(properties: felix.HostEndpoint.$Shape): felix.HostEndpoint & felix.HostEndpoint.$Shape;
        static create(properties?: felix.HostEndpoint.$Properties): felix.HostEndpoint;

        /**
         * Encodes the specified HostEndpoint message. Does not implicitly {@link felix.HostEndpoint.verify|verify} messages.
         * @param message HostEndpoint message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.HostEndpoint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HostEndpoint message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.HostEndpoint & felix.HostEndpoint.$Shape} HostEndpoint
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HostEndpoint & felix.HostEndpoint.$Shape;
    }

    namespace HostEndpoint {

        /** Properties of a HostEndpoint. */
        interface $Properties {

            /** HostEndpoint name */
            name?: (string|null);

            /** HostEndpoint profileIds */
            profileIds?: (string[]|null);

            /** HostEndpoint tiers */
            tiers?: (felix.TierInfo.$Properties[]|null);

            /** HostEndpoint expectedIpv4Addrs */
            expectedIpv4Addrs?: (string[]|null);

            /** HostEndpoint expectedIpv6Addrs */
            expectedIpv6Addrs?: (string[]|null);

            /** HostEndpoint untrackedTiers */
            untrackedTiers?: (felix.TierInfo.$Properties[]|null);

            /** HostEndpoint preDnatTiers */
            preDnatTiers?: (felix.TierInfo.$Properties[]|null);

            /** HostEndpoint forwardTiers */
            forwardTiers?: (felix.TierInfo.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HostEndpoint. */
        type $Shape = felix.HostEndpoint.$Properties;
    }

    /**
     * Properties of a HostEndpointUpdate.
     * @deprecated Use felix.HostEndpointUpdate.$Properties instead.
     */
    interface IHostEndpointUpdate extends felix.HostEndpointUpdate.$Properties {
    }

    /** Represents a HostEndpointUpdate. */
    class HostEndpointUpdate {

        /**
         * Constructs a new HostEndpointUpdate.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.HostEndpointUpdate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HostEndpointUpdate id. */
        id?: (felix.HostEndpointID.$Properties|null);

        /** HostEndpointUpdate endpoint. */
        endpoint?: (felix.HostEndpoint.$Properties|null);

        /**
         * Creates a new HostEndpointUpdate instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HostEndpointUpdate instance
         */
        static create(properties: felix.HostEndpointUpdate.$Shape): felix.HostEndpointUpdate & felix.HostEndpointUpdate.$Shape;
        static create(properties?: felix.HostEndpointUpdate.$Properties): felix.HostEndpointUpdate;

        /**
         * Encodes the specified HostEndpointUpdate message. Does not implicitly {@link felix.HostEndpointUpdate.verify|verify} messages.
         * @param message HostEndpointUpdate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.HostEndpointUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HostEndpointUpdate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.HostEndpointUpdate & felix.HostEndpointUpdate.$Shape} HostEndpointUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HostEndpointUpdate & felix.HostEndpointUpdate.$Shape;
    }

    namespace HostEndpointUpdate {

        /** Properties of a HostEndpointUpdate. */
        interface $Properties {

            /** HostEndpointUpdate id */
            id?: (felix.HostEndpointID.$Properties|null);

            /** HostEndpointUpdate endpoint */
            endpoint?: (felix.HostEndpoint.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HostEndpointUpdate. */
        type $Shape = felix.HostEndpointUpdate.$Properties;
    }

    /**
     * Properties of a HostEndpointRemove.
     * @deprecated Use felix.HostEndpointRemove.$Properties instead.
     */
    interface IHostEndpointRemove extends felix.HostEndpointRemove.$Properties {
    }

    /** Represents a HostEndpointRemove. */
    class HostEndpointRemove {

        /**
         * Constructs a new HostEndpointRemove.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.HostEndpointRemove.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HostEndpointRemove id. */
        id?: (felix.HostEndpointID.$Properties|null);

        /**
         * Creates a new HostEndpointRemove instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HostEndpointRemove instance
         */
        static create(properties: felix.HostEndpointRemove.$Shape): felix.HostEndpointRemove & felix.HostEndpointRemove.$Shape;
        static create(properties?: felix.HostEndpointRemove.$Properties): felix.HostEndpointRemove;

        /**
         * Encodes the specified HostEndpointRemove message. Does not implicitly {@link felix.HostEndpointRemove.verify|verify} messages.
         * @param message HostEndpointRemove message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.HostEndpointRemove.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HostEndpointRemove message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.HostEndpointRemove & felix.HostEndpointRemove.$Shape} HostEndpointRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HostEndpointRemove & felix.HostEndpointRemove.$Shape;
    }

    namespace HostEndpointRemove {

        /** Properties of a HostEndpointRemove. */
        interface $Properties {

            /** HostEndpointRemove id */
            id?: (felix.HostEndpointID.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HostEndpointRemove. */
        type $Shape = felix.HostEndpointRemove.$Properties;
    }

    /**
     * Properties of a HostMetadataUpdate.
     * @deprecated Use felix.HostMetadataUpdate.$Properties instead.
     */
    interface IHostMetadataUpdate extends felix.HostMetadataUpdate.$Properties {
    }

    /** Represents a HostMetadataUpdate. */
    class HostMetadataUpdate {

        /**
         * Constructs a new HostMetadataUpdate.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.HostMetadataUpdate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HostMetadataUpdate hostname. */
        hostname: string;

        /** HostMetadataUpdate ipv4Addr. */
        ipv4Addr: string;

        /** HostMetadataUpdate ipv6Addr. */
        ipv6Addr: string;

        /** HostMetadataUpdate asnumber. */
        asnumber: string;

        /** HostMetadataUpdate labels. */
        labels: { [k: string]: string };

        /**
         * Creates a new HostMetadataUpdate instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HostMetadataUpdate instance
         */
        static create(properties: felix.HostMetadataUpdate.$Shape): felix.HostMetadataUpdate & felix.HostMetadataUpdate.$Shape;
        static create(properties?: felix.HostMetadataUpdate.$Properties): felix.HostMetadataUpdate;

        /**
         * Encodes the specified HostMetadataUpdate message. Does not implicitly {@link felix.HostMetadataUpdate.verify|verify} messages.
         * @param message HostMetadataUpdate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.HostMetadataUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HostMetadataUpdate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.HostMetadataUpdate & felix.HostMetadataUpdate.$Shape} HostMetadataUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HostMetadataUpdate & felix.HostMetadataUpdate.$Shape;
    }

    namespace HostMetadataUpdate {

        /** Properties of a HostMetadataUpdate. */
        interface $Properties {

            /** HostMetadataUpdate hostname */
            hostname?: (string|null);

            /** HostMetadataUpdate ipv4Addr */
            ipv4Addr?: (string|null);

            /** HostMetadataUpdate ipv6Addr */
            ipv6Addr?: (string|null);

            /** HostMetadataUpdate asnumber */
            asnumber?: (string|null);

            /** HostMetadataUpdate labels */
            labels?: ({ [k: string]: string }|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HostMetadataUpdate. */
        type $Shape = felix.HostMetadataUpdate.$Properties;
    }

    /**
     * Properties of a HostMetadataRemove.
     * @deprecated Use felix.HostMetadataRemove.$Properties instead.
     */
    interface IHostMetadataRemove extends felix.HostMetadataRemove.$Properties {
    }

    /** Represents a HostMetadataRemove. */
    class HostMetadataRemove {

        /**
         * Constructs a new HostMetadataRemove.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.HostMetadataRemove.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HostMetadataRemove hostname. */
        hostname: string;

        /**
         * Creates a new HostMetadataRemove instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HostMetadataRemove instance
         */
        static create(properties: felix.HostMetadataRemove.$Shape): felix.HostMetadataRemove & felix.HostMetadataRemove.$Shape;
        static create(properties?: felix.HostMetadataRemove.$Properties): felix.HostMetadataRemove;

        /**
         * Encodes the specified HostMetadataRemove message. Does not implicitly {@link felix.HostMetadataRemove.verify|verify} messages.
         * @param message HostMetadataRemove message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.HostMetadataRemove.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HostMetadataRemove message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.HostMetadataRemove & felix.HostMetadataRemove.$Shape} HostMetadataRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HostMetadataRemove & felix.HostMetadataRemove.$Shape;
    }

    namespace HostMetadataRemove {

        /** Properties of a HostMetadataRemove. */
        interface $Properties {

            /** HostMetadataRemove hostname */
            hostname?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HostMetadataRemove. */
        type $Shape = felix.HostMetadataRemove.$Properties;
    }

    /**
     * Properties of a HostMetadataV6Update.
     * @deprecated Use felix.HostMetadataV6Update.$Properties instead.
     */
    interface IHostMetadataV6Update extends felix.HostMetadataV6Update.$Properties {
    }

    /** Represents a HostMetadataV6Update. */
    class HostMetadataV6Update {

        /**
         * Constructs a new HostMetadataV6Update.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.HostMetadataV6Update.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HostMetadataV6Update hostname. */
        hostname: string;

        /** HostMetadataV6Update ipv6Addr. */
        ipv6Addr: string;

        /**
         * Creates a new HostMetadataV6Update instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HostMetadataV6Update instance
         */
        static create(properties: felix.HostMetadataV6Update.$Shape): felix.HostMetadataV6Update & felix.HostMetadataV6Update.$Shape;
        static create(properties?: felix.HostMetadataV6Update.$Properties): felix.HostMetadataV6Update;

        /**
         * Encodes the specified HostMetadataV6Update message. Does not implicitly {@link felix.HostMetadataV6Update.verify|verify} messages.
         * @param message HostMetadataV6Update message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.HostMetadataV6Update.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HostMetadataV6Update message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.HostMetadataV6Update & felix.HostMetadataV6Update.$Shape} HostMetadataV6Update
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HostMetadataV6Update & felix.HostMetadataV6Update.$Shape;
    }

    namespace HostMetadataV6Update {

        /** Properties of a HostMetadataV6Update. */
        interface $Properties {

            /** HostMetadataV6Update hostname */
            hostname?: (string|null);

            /** HostMetadataV6Update ipv6Addr */
            ipv6Addr?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HostMetadataV6Update. */
        type $Shape = felix.HostMetadataV6Update.$Properties;
    }

    /**
     * Properties of a HostMetadataV4V6Update.
     * @deprecated Use felix.HostMetadataV4V6Update.$Properties instead.
     */
    interface IHostMetadataV4V6Update extends felix.HostMetadataV4V6Update.$Properties {
    }

    /** Represents a HostMetadataV4V6Update. */
    class HostMetadataV4V6Update {

        /**
         * Constructs a new HostMetadataV4V6Update.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.HostMetadataV4V6Update.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HostMetadataV4V6Update hostname. */
        hostname: string;

        /** HostMetadataV4V6Update ipv4Addr. */
        ipv4Addr: string;

        /** HostMetadataV4V6Update ipv6Addr. */
        ipv6Addr: string;

        /** HostMetadataV4V6Update asnumber. */
        asnumber: string;

        /** HostMetadataV4V6Update labels. */
        labels: { [k: string]: string };

        /**
         * Creates a new HostMetadataV4V6Update instance using the specified properties.
         * @param [properties] Properties to set
         * @returns HostMetadataV4V6Update instance
         */
        static create(properties: felix.HostMetadataV4V6Update.$Shape): felix.HostMetadataV4V6Update & felix.HostMetadataV4V6Update.$Shape;
        static create(properties?: felix.HostMetadataV4V6Update.$Properties): felix.HostMetadataV4V6Update;

        /**
         * Encodes the specified HostMetadataV4V6Update message. Does not implicitly {@link felix.HostMetadataV4V6Update.verify|verify} messages.
         * @param message HostMetadataV4V6Update message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.HostMetadataV4V6Update.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HostMetadataV4V6Update message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.HostMetadataV4V6Update & felix.HostMetadataV4V6Update.$Shape} HostMetadataV4V6Update
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.HostMetadataV4V6Update & felix.HostMetadataV4V6Update.$Shape;
    }

    namespace HostMetadataV4V6Update {

        /** Properties of a HostMetadataV4V6Update. */
        interface $Properties {

            /** HostMetadataV4V6Update hostname */
            hostname?: (string|null);

            /** HostMetadataV4V6Update ipv4Addr */
            ipv4Addr?: (string|null);

            /** HostMetadataV4V6Update ipv6Addr */
            ipv6Addr?: (string|null);

            /** HostMetadataV4V6Update asnumber */
            asnumber?: (string|null);

            /** HostMetadataV4V6Update labels */
            labels?: ({ [k: string]: string }|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HostMetadataV4V6Update. */
        type $Shape = felix.HostMetadataV4V6Update.$Properties;
    }

    /**
     * Properties of a IPAMPool.
     * @deprecated Use felix.IPAMPool.$Properties instead.
     */
    interface IIPAMPool extends felix.IPAMPool.$Properties {
    }

    /** Represents a IPAMPool. */
    class IPAMPool {

        /**
         * Constructs a new IPAMPool.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.IPAMPool.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** IPAMPool cidr. */
        cidr: string;

        /** IPAMPool masquerade. */
        masquerade: boolean;

        /**
         * Creates a new IPAMPool instance using the specified properties.
         * @param [properties] Properties to set
         * @returns IPAMPool instance
         */
        static create(properties: felix.IPAMPool.$Shape): felix.IPAMPool & felix.IPAMPool.$Shape;
        static create(properties?: felix.IPAMPool.$Properties): felix.IPAMPool;

        /**
         * Encodes the specified IPAMPool message. Does not implicitly {@link felix.IPAMPool.verify|verify} messages.
         * @param message IPAMPool message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.IPAMPool.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a IPAMPool message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.IPAMPool & felix.IPAMPool.$Shape} IPAMPool
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.IPAMPool & felix.IPAMPool.$Shape;
    }

    namespace IPAMPool {

        /** Properties of a IPAMPool. */
        interface $Properties {

            /** IPAMPool cidr */
            cidr?: (string|null);

            /** IPAMPool masquerade */
            masquerade?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a IPAMPool. */
        type $Shape = felix.IPAMPool.$Properties;
    }

    /**
     * Properties of a IPAMPoolUpdate.
     * @deprecated Use felix.IPAMPoolUpdate.$Properties instead.
     */
    interface IIPAMPoolUpdate extends felix.IPAMPoolUpdate.$Properties {
    }

    /** Represents a IPAMPoolUpdate. */
    class IPAMPoolUpdate {

        /**
         * Constructs a new IPAMPoolUpdate.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.IPAMPoolUpdate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** IPAMPoolUpdate id. */
        id: string;

        /** IPAMPoolUpdate pool. */
        pool?: (felix.IPAMPool.$Properties|null);

        /**
         * Creates a new IPAMPoolUpdate instance using the specified properties.
         * @param [properties] Properties to set
         * @returns IPAMPoolUpdate instance
         */
        static create(properties: felix.IPAMPoolUpdate.$Shape): felix.IPAMPoolUpdate & felix.IPAMPoolUpdate.$Shape;
        static create(properties?: felix.IPAMPoolUpdate.$Properties): felix.IPAMPoolUpdate;

        /**
         * Encodes the specified IPAMPoolUpdate message. Does not implicitly {@link felix.IPAMPoolUpdate.verify|verify} messages.
         * @param message IPAMPoolUpdate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.IPAMPoolUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a IPAMPoolUpdate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.IPAMPoolUpdate & felix.IPAMPoolUpdate.$Shape} IPAMPoolUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.IPAMPoolUpdate & felix.IPAMPoolUpdate.$Shape;
    }

    namespace IPAMPoolUpdate {

        /** Properties of a IPAMPoolUpdate. */
        interface $Properties {

            /** IPAMPoolUpdate id */
            id?: (string|null);

            /** IPAMPoolUpdate pool */
            pool?: (felix.IPAMPool.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a IPAMPoolUpdate. */
        type $Shape = felix.IPAMPoolUpdate.$Properties;
    }

    /**
     * Properties of a IPAMPoolRemove.
     * @deprecated Use felix.IPAMPoolRemove.$Properties instead.
     */
    interface IIPAMPoolRemove extends felix.IPAMPoolRemove.$Properties {
    }

    /** Represents a IPAMPoolRemove. */
    class IPAMPoolRemove {

        /**
         * Constructs a new IPAMPoolRemove.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.IPAMPoolRemove.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** IPAMPoolRemove id. */
        id: string;

        /**
         * Creates a new IPAMPoolRemove instance using the specified properties.
         * @param [properties] Properties to set
         * @returns IPAMPoolRemove instance
         */
        static create(properties: felix.IPAMPoolRemove.$Shape): felix.IPAMPoolRemove & felix.IPAMPoolRemove.$Shape;
        static create(properties?: felix.IPAMPoolRemove.$Properties): felix.IPAMPoolRemove;

        /**
         * Encodes the specified IPAMPoolRemove message. Does not implicitly {@link felix.IPAMPoolRemove.verify|verify} messages.
         * @param message IPAMPoolRemove message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.IPAMPoolRemove.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a IPAMPoolRemove message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.IPAMPoolRemove & felix.IPAMPoolRemove.$Shape} IPAMPoolRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.IPAMPoolRemove & felix.IPAMPoolRemove.$Shape;
    }

    namespace IPAMPoolRemove {

        /** Properties of a IPAMPoolRemove. */
        interface $Properties {

            /** IPAMPoolRemove id */
            id?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a IPAMPoolRemove. */
        type $Shape = felix.IPAMPoolRemove.$Properties;
    }

    /**
     * Properties of a NamespaceID.
     * @deprecated Use felix.NamespaceID.$Properties instead.
     */
    interface INamespaceID extends felix.NamespaceID.$Properties {
    }

    /** Represents a NamespaceID. */
    class NamespaceID {

        /**
         * Constructs a new NamespaceID.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.NamespaceID.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** NamespaceID name. */
        name: string;

        /**
         * Creates a new NamespaceID instance using the specified properties.
         * @param [properties] Properties to set
         * @returns NamespaceID instance
         */
        static create(properties: felix.NamespaceID.$Shape): felix.NamespaceID & felix.NamespaceID.$Shape;
        static create(properties?: felix.NamespaceID.$Properties): felix.NamespaceID;

        /**
         * Encodes the specified NamespaceID message. Does not implicitly {@link felix.NamespaceID.verify|verify} messages.
         * @param message NamespaceID message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.NamespaceID.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a NamespaceID message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.NamespaceID & felix.NamespaceID.$Shape} NamespaceID
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.NamespaceID & felix.NamespaceID.$Shape;
    }

    namespace NamespaceID {

        /** Properties of a NamespaceID. */
        interface $Properties {

            /** NamespaceID name */
            name?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a NamespaceID. */
        type $Shape = felix.NamespaceID.$Properties;
    }

    /**
     * Properties of a NamespaceUpdate.
     * @deprecated Use felix.NamespaceUpdate.$Properties instead.
     */
    interface INamespaceUpdate extends felix.NamespaceUpdate.$Properties {
    }

    /** Represents a NamespaceUpdate. */
    class NamespaceUpdate {

        /**
         * Constructs a new NamespaceUpdate.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.NamespaceUpdate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** NamespaceUpdate id. */
        id?: (felix.NamespaceID.$Properties|null);

        /** NamespaceUpdate labels. */
        labels: { [k: string]: string };

        /**
         * Creates a new NamespaceUpdate instance using the specified properties.
         * @param [properties] Properties to set
         * @returns NamespaceUpdate instance
         */
        static create(properties: felix.NamespaceUpdate.$Shape): felix.NamespaceUpdate & felix.NamespaceUpdate.$Shape;
        static create(properties?: felix.NamespaceUpdate.$Properties): felix.NamespaceUpdate;

        /**
         * Encodes the specified NamespaceUpdate message. Does not implicitly {@link felix.NamespaceUpdate.verify|verify} messages.
         * @param message NamespaceUpdate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.NamespaceUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a NamespaceUpdate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.NamespaceUpdate & felix.NamespaceUpdate.$Shape} NamespaceUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.NamespaceUpdate & felix.NamespaceUpdate.$Shape;
    }

    namespace NamespaceUpdate {

        /** Properties of a NamespaceUpdate. */
        interface $Properties {

            /** NamespaceUpdate id */
            id?: (felix.NamespaceID.$Properties|null);

            /** NamespaceUpdate labels */
            labels?: ({ [k: string]: string }|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a NamespaceUpdate. */
        type $Shape = felix.NamespaceUpdate.$Properties;
    }

    /**
     * Properties of a NamespaceRemove.
     * @deprecated Use felix.NamespaceRemove.$Properties instead.
     */
    interface INamespaceRemove extends felix.NamespaceRemove.$Properties {
    }

    /** Represents a NamespaceRemove. */
    class NamespaceRemove {

        /**
         * Constructs a new NamespaceRemove.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.NamespaceRemove.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** NamespaceRemove id. */
        id?: (felix.NamespaceID.$Properties|null);

        /**
         * Creates a new NamespaceRemove instance using the specified properties.
         * @param [properties] Properties to set
         * @returns NamespaceRemove instance
         */
        static create(properties: felix.NamespaceRemove.$Shape): felix.NamespaceRemove & felix.NamespaceRemove.$Shape;
        static create(properties?: felix.NamespaceRemove.$Properties): felix.NamespaceRemove;

        /**
         * Encodes the specified NamespaceRemove message. Does not implicitly {@link felix.NamespaceRemove.verify|verify} messages.
         * @param message NamespaceRemove message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.NamespaceRemove.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a NamespaceRemove message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.NamespaceRemove & felix.NamespaceRemove.$Shape} NamespaceRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.NamespaceRemove & felix.NamespaceRemove.$Shape;
    }

    namespace NamespaceRemove {

        /** Properties of a NamespaceRemove. */
        interface $Properties {

            /** NamespaceRemove id */
            id?: (felix.NamespaceID.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a NamespaceRemove. */
        type $Shape = felix.NamespaceRemove.$Properties;
    }

    /**
     * Properties of a ServicePort.
     * @deprecated Use felix.ServicePort.$Properties instead.
     */
    interface IServicePort extends felix.ServicePort.$Properties {
    }

    /** Represents a ServicePort. */
    class ServicePort {

        /**
         * Constructs a new ServicePort.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.ServicePort.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ServicePort protocol. */
        protocol: string;

        /** ServicePort port. */
        port: number;

        /** ServicePort nodePort. */
        nodePort: number;

        /**
         * Creates a new ServicePort instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ServicePort instance
         */
        static create(properties: felix.ServicePort.$Shape): felix.ServicePort & felix.ServicePort.$Shape;
        static create(properties?: felix.ServicePort.$Properties): felix.ServicePort;

        /**
         * Encodes the specified ServicePort message. Does not implicitly {@link felix.ServicePort.verify|verify} messages.
         * @param message ServicePort message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.ServicePort.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ServicePort message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.ServicePort & felix.ServicePort.$Shape} ServicePort
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.ServicePort & felix.ServicePort.$Shape;
    }

    namespace ServicePort {

        /** Properties of a ServicePort. */
        interface $Properties {

            /** ServicePort protocol */
            protocol?: (string|null);

            /** ServicePort port */
            port?: (number|null);

            /** ServicePort nodePort */
            nodePort?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ServicePort. */
        type $Shape = felix.ServicePort.$Properties;
    }

    /**
     * Properties of a ServiceUpdate.
     * @deprecated Use felix.ServiceUpdate.$Properties instead.
     */
    interface IServiceUpdate extends felix.ServiceUpdate.$Properties {
    }

    /** Represents a ServiceUpdate. */
    class ServiceUpdate {

        /**
         * Constructs a new ServiceUpdate.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.ServiceUpdate.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ServiceUpdate name. */
        name: string;

        /** ServiceUpdate namespace. */
        namespace: string;

        /** ServiceUpdate type. */
        type: string;

        /** ServiceUpdate clusterIps. */
        clusterIps: string[];

        /** ServiceUpdate loadbalancerIp. */
        loadbalancerIp: string;

        /** ServiceUpdate externalIps. */
        externalIps: string[];

        /** ServiceUpdate ports. */
        ports: felix.ServicePort.$Properties[];

        /** ServiceUpdate loadbalancerIngressIps. */
        loadbalancerIngressIps: string[];

        /**
         * Creates a new ServiceUpdate instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ServiceUpdate instance
         */
        static create(properties: felix.ServiceUpdate.$Shape): felix.ServiceUpdate & felix.ServiceUpdate.$Shape;
        static create(properties?: felix.ServiceUpdate.$Properties): felix.ServiceUpdate;

        /**
         * Encodes the specified ServiceUpdate message. Does not implicitly {@link felix.ServiceUpdate.verify|verify} messages.
         * @param message ServiceUpdate message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.ServiceUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ServiceUpdate message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.ServiceUpdate & felix.ServiceUpdate.$Shape} ServiceUpdate
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.ServiceUpdate & felix.ServiceUpdate.$Shape;
    }

    namespace ServiceUpdate {

        /** Properties of a ServiceUpdate. */
        interface $Properties {

            /** ServiceUpdate name */
            name?: (string|null);

            /** ServiceUpdate namespace */
            namespace?: (string|null);

            /** ServiceUpdate type */
            type?: (string|null);

            /** ServiceUpdate clusterIps */
            clusterIps?: (string[]|null);

            /** ServiceUpdate loadbalancerIp */
            loadbalancerIp?: (string|null);

            /** ServiceUpdate externalIps */
            externalIps?: (string[]|null);

            /** ServiceUpdate ports */
            ports?: (felix.ServicePort.$Properties[]|null);

            /** ServiceUpdate loadbalancerIngressIps */
            loadbalancerIngressIps?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ServiceUpdate. */
        type $Shape = felix.ServiceUpdate.$Properties;
    }

    /**
     * Properties of a ServiceRemove.
     * @deprecated Use felix.ServiceRemove.$Properties instead.
     */
    interface IServiceRemove extends felix.ServiceRemove.$Properties {
    }

    /** Represents a ServiceRemove. */
    class ServiceRemove {

        /**
         * Constructs a new ServiceRemove.
         * @param [properties] Properties to set
         */
        constructor(properties?: felix.ServiceRemove.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ServiceRemove name. */
        name: string;

        /** ServiceRemove namespace. */
        namespace: string;

        /**
         * Creates a new ServiceRemove instance using the specified properties.
         * @param [properties] Properties to set
         * @returns ServiceRemove instance
         */
        static create(properties: felix.ServiceRemove.$Shape): felix.ServiceRemove & felix.ServiceRemove.$Shape;
        static create(properties?: felix.ServiceRemove.$Properties): felix.ServiceRemove;

        /**
         * Encodes the specified ServiceRemove message. Does not implicitly {@link felix.ServiceRemove.verify|verify} messages.
         * @param message ServiceRemove message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: felix.ServiceRemove.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ServiceRemove message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {felix.ServiceRemove & felix.ServiceRemove.$Shape} ServiceRemove
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): felix.ServiceRemove & felix.ServiceRemove.$Shape;
    }

    namespace ServiceRemove {

        /** Properties of a ServiceRemove. */
        interface $Properties {

            /** ServiceRemove name */
            name?: (string|null);

            /** ServiceRemove namespace */
            namespace?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ServiceRemove. */
        type $Shape = felix.ServiceRemove.$Properties;
    }
}
