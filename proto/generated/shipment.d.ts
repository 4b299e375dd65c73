import * as $protobuf from "protobufjs";

/** Namespace cextfire. */
export namespace cextfire {

    /**
     * Properties of a Shipment.
     * @deprecated Use cextfire.Shipment.$Properties instead.
     */
    interface IShipment extends cextfire.Shipment.$Properties {
    }

    /** Represents a Shipment. */
    class Shipment {

        /**
         * Constructs a new Shipment.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.Shipment.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Shipment format. */
        format: number;

        /** Shipment stream. */
        stream: string;

        /** Shipment epoch. */
        epoch?: (cextfire.Epoch.$Properties|null);

        /** Shipment sequence. */
        sequence: number;

        /** Shipment digestBefore. */
        digestBefore: Uint8Array;

        /** Shipment digestAfter. */
        digestAfter: Uint8Array;

        /** Shipment observedMs. */
        observedMs: number;

        /** Shipment snapshot. */
        snapshot?: (cextfire.SnapshotPart.$Properties|null);

        /** Shipment changes. */
        changes?: (cextfire.Changes.$Properties|null);

        /** Shipment heartbeat. */
        heartbeat?: (cextfire.Heartbeat.$Properties|null);

        /** Shipment content. */
        content?: ("snapshot"|"changes"|"heartbeat");

        /**
         * Creates a new Shipment instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Shipment instance
         */
        static create(properties: cextfire.Shipment.$Shape): cextfire.Shipment & cextfire.Shipment.$Shape;
        static create(properties?: cextfire.Shipment.$Properties): cextfire.Shipment;

        /**
         * Encodes the specified Shipment message. Does not implicitly {@link cextfire.Shipment.verify|verify} messages.
         * @param message Shipment message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.Shipment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Shipment message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.Shipment & cextfire.Shipment.$Shape} Shipment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.Shipment & cextfire.Shipment.$Shape;
    }

    namespace Shipment {

        /** Properties of a Shipment. */
        interface $Properties {

            /** Shipment format */
            format?: (number|null);

            /** Shipment stream */
            stream?: (string|null);

            /** Shipment epoch */
            epoch?: (cextfire.Epoch.$Properties|null);

            /** Shipment sequence */
            sequence?: (number|null);

            /** Shipment digestBefore */
            digestBefore?: (Uint8Array|null);

            /** Shipment digestAfter */
            digestAfter?: (Uint8Array|null);

            /** Shipment observedMs */
            observedMs?: (number|null);

            /** Shipment snapshot */
            snapshot?: (cextfire.SnapshotPart.$Properties|null);

            /** Shipment changes */
            changes?: (cextfire.Changes.$Properties|null);

            /** Shipment heartbeat */
            heartbeat?: (cextfire.Heartbeat.$Properties|null);

            /** Shipment content */
            content?: ("snapshot"|"changes"|"heartbeat");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of a Shipment. */
        type $Shape = {
          format?: number|null;
          stream?: string|null;
          epoch?: cextfire.Epoch.$Shape|null;
          sequence?: number|null;
          digestBefore?: Uint8Array|null;
          digestAfter?: Uint8Array|null;
          observedMs?: number|null;
          snapshot?: cextfire.SnapshotPart.$Shape|null;
          changes?: cextfire.Changes.$Shape|null;
          heartbeat?: cextfire.Heartbeat.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ content?: undefined; snapshot?: null; changes?: null; heartbeat?: null }|{ content?: "snapshot"; snapshot: cextfire.SnapshotPart.$Shape; changes?: null; heartbeat?: null }|{ content?: "changes"; snapshot?: null; changes: cextfire.Changes.$Shape; heartbeat?: null }|{ content?: "heartbeat"; snapshot?: null; changes?: null; heartbeat: cextfire.Heartbeat.$Shape })
        );
    }

    /**
     * Properties of an Epoch.
     * @deprecated Use cextfire.Epoch.$Properties instead.
     */
    interface IEpoch extends cextfire.Epoch.$Properties {
    }

    /** Represents an Epoch. */
    class Epoch {

        /**
         * Constructs a new Epoch.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.Epoch.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Epoch startedMs. */
        startedMs: number;

        /** Epoch random. */
        random: string;

        /**
         * Creates a new Epoch instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Epoch instance
         */
        static create(properties: cextfire.Epoch.$Shape): cextfire.Epoch & cextfire.Epoch.$Shape;
        static create(properties?: cextfire.Epoch.$Properties): cextfire.Epoch;

        /**
         * Encodes the specified Epoch message. Does not implicitly {@link cextfire.Epoch.verify|verify} messages.
         * @param message Epoch message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.Epoch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Epoch message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.Epoch & cextfire.Epoch.$Shape} Epoch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.Epoch & cextfire.Epoch.$Shape;
    }

    namespace Epoch {

        /** Properties of an Epoch. */
        interface $Properties {

            /** Epoch startedMs */
            startedMs?: (number|null);

            /** Epoch random */
            random?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Epoch. */
        type $Shape = cextfire.Epoch.$Properties;
    }

    /** Kind enum. */
    enum Kind {

        /** UNKNOWN value */
        UNKNOWN = 0,

        /** FACTS value */
        FACTS = 1,

        /** SET value */
        SET = 2,

        /** POLICY value */
        POLICY = 3,

        /** HOST_ENDPOINT value */
        HOST_ENDPOINT = 4,

        /** POOL value */
        POOL = 5,

        /** HOST value */
        HOST = 6,

        /** NAMESPACE value */
        NAMESPACE = 7,

        /** SERVICE value */
        SERVICE = 8,

        /** HOST_V6 value */
        HOST_V6 = 9,

        /** HOST_V4V6 value */
        HOST_V4V6 = 10
    }

    /**
     * Properties of a Facts.
     * @deprecated Use cextfire.Facts.$Properties instead.
     */
    interface IFacts extends cextfire.Facts.$Properties {
    }

    /** Represents a Facts. */
    class Facts {

        /**
         * Constructs a new Facts.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.Facts.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Facts clusterGuid. */
        clusterGuid: string;

        /** Facts calicoVersion. */
        calicoVersion: string;

        /** Facts own. */
        own: { [k: string]: string };

        /**
         * Creates a new Facts instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Facts instance
         */
        static create(properties: cextfire.Facts.$Shape): cextfire.Facts & cextfire.Facts.$Shape;
        static create(properties?: cextfire.Facts.$Properties): cextfire.Facts;

        /**
         * Encodes the specified Facts message. Does not implicitly {@link cextfire.Facts.verify|verify} messages.
         * @param message Facts message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.Facts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Facts message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.Facts & cextfire.Facts.$Shape} Facts
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.Facts & cextfire.Facts.$Shape;
    }

    namespace Facts {

        /** Properties of a Facts. */
        interface $Properties {

            /** Facts clusterGuid */
            clusterGuid?: (string|null);

            /** Facts calicoVersion */
            calicoVersion?: (string|null);

            /** Facts own */
            own?: ({ [k: string]: string }|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Facts. */
        type $Shape = cextfire.Facts.$Properties;
    }

    /**
     * Properties of a SetDeclaration.
     * @deprecated Use cextfire.SetDeclaration.$Properties instead.
     */
    interface ISetDeclaration extends cextfire.SetDeclaration.$Properties {
    }

    /** Represents a SetDeclaration. */
    class SetDeclaration {

        /**
         * Constructs a new SetDeclaration.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.SetDeclaration.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SetDeclaration type. */
        type: number;

        /**
         * Creates a new SetDeclaration instance using the specified properties.
         * @param [properties] Properties to set
         * @returns SetDeclaration instance
         */
        static create(properties: cextfire.SetDeclaration.$Shape): cextfire.SetDeclaration & cextfire.SetDeclaration.$Shape;
        static create(properties?: cextfire.SetDeclaration.$Properties): cextfire.SetDeclaration;

        /**
         * Encodes the specified SetDeclaration message. Does not implicitly {@link cextfire.SetDeclaration.verify|verify} messages.
         * @param message SetDeclaration message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.SetDeclaration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SetDeclaration message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.SetDeclaration & cextfire.SetDeclaration.$Shape} SetDeclaration
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.SetDeclaration & cextfire.SetDeclaration.$Shape;
    }

    namespace SetDeclaration {

        /** Properties of a SetDeclaration. */
        interface $Properties {

            /** SetDeclaration type */
            type?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SetDeclaration. */
        type $Shape = cextfire.SetDeclaration.$Properties;
    }

    /**
     * Properties of an Object.
     * @deprecated Use cextfire.Object.$Properties instead.
     */
    interface IObject extends cextfire.Object.$Properties {
    }

    /** Represents an Object. */
    class Object {

        /**
         * Constructs a new Object.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.Object.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Object kind. */
        kind: cextfire.Kind;

        /** Object key. */
        key: string;

        /** Object raw. */
        raw: Uint8Array;

        /**
         * Creates a new Object instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Object instance
         */
        static create(properties: cextfire.Object.$Shape): cextfire.Object & cextfire.Object.$Shape;
        static create(properties?: cextfire.Object.$Properties): cextfire.Object;

        /**
         * Encodes the specified Object message. Does not implicitly {@link cextfire.Object.verify|verify} messages.
         * @param message Object message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.Object.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Object message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.Object & cextfire.Object.$Shape} Object
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.Object & cextfire.Object.$Shape;
    }

    namespace Object {

        /** Properties of an Object. */
        interface $Properties {

            /** Object kind */
            kind?: (cextfire.Kind|null);

            /** Object key */
            key?: (string|null);

            /** Object raw */
            raw?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Object. */
        type $Shape = cextfire.Object.$Properties;
    }

    /**
     * Properties of a Key.
     * @deprecated Use cextfire.Key.$Properties instead.
     */
    interface IKey extends cextfire.Key.$Properties {
    }

    /** Represents a Key. */
    class Key {

        /**
         * Constructs a new Key.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.Key.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Key kind. */
        kind: cextfire.Kind;

        /** Key key. */
        key: string;

        /**
         * Creates a new Key instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Key instance
         */
        static create(properties: cextfire.Key.$Shape): cextfire.Key & cextfire.Key.$Shape;
        static create(properties?: cextfire.Key.$Properties): cextfire.Key;

        /**
         * Encodes the specified Key message. Does not implicitly {@link cextfire.Key.verify|verify} messages.
         * @param message Key message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.Key.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Key message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.Key & cextfire.Key.$Shape} Key
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.Key & cextfire.Key.$Shape;
    }

    namespace Key {

        /** Properties of a Key. */
        interface $Properties {

            /** Key kind */
            kind?: (cextfire.Kind|null);

            /** Key key */
            key?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Key. */
        type $Shape = cextfire.Key.$Properties;
    }

    /**
     * Properties of a MemberList.
     * @deprecated Use cextfire.MemberList.$Properties instead.
     */
    interface IMemberList extends cextfire.MemberList.$Properties {
    }

    /** Represents a MemberList. */
    class MemberList {

        /**
         * Constructs a new MemberList.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.MemberList.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** MemberList hosts4. */
        hosts4: number[];

        /** MemberList others. */
        others: string[];

        /**
         * Creates a new MemberList instance using the specified properties.
         * @param [properties] Properties to set
         * @returns MemberList instance
         */
        static create(properties: cextfire.MemberList.$Shape): cextfire.MemberList & cextfire.MemberList.$Shape;
        static create(properties?: cextfire.MemberList.$Properties): cextfire.MemberList;

        /**
         * Encodes the specified MemberList message. Does not implicitly {@link cextfire.MemberList.verify|verify} messages.
         * @param message MemberList message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.MemberList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a MemberList message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.MemberList & cextfire.MemberList.$Shape} MemberList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.MemberList & cextfire.MemberList.$Shape;
    }

    namespace MemberList {

        /** Properties of a MemberList. */
        interface $Properties {

            /** MemberList hosts4 */
            hosts4?: (number[]|null);

            /** MemberList others */
            others?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a MemberList. */
        type $Shape = cextfire.MemberList.$Properties;
    }

    /**
     * Properties of a Members.
     * @deprecated Use cextfire.Members.$Properties instead.
     */
    interface IMembers extends cextfire.Members.$Properties {
    }

    /** Represents a Members. */
    class Members {

        /**
         * Constructs a new Members.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.Members.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Members set. */
        set: string;

        /** Members added. */
        added?: (cextfire.MemberList.$Properties|null);

        /** Members removed. */
        removed?: (cextfire.MemberList.$Properties|null);

        /**
         * Creates a new Members instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Members instance
         */
        static create(properties: cextfire.Members.$Shape): cextfire.Members & cextfire.Members.$Shape;
        static create(properties?: cextfire.Members.$Properties): cextfire.Members;

        /**
         * Encodes the specified Members message. Does not implicitly {@link cextfire.Members.verify|verify} messages.
         * @param message Members message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.Members.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Members message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.Members & cextfire.Members.$Shape} Members
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.Members & cextfire.Members.$Shape;
    }

    namespace Members {

        /** Properties of a Members. */
        interface $Properties {

            /** Members set */
            set?: (string|null);

            /** Members added */
            added?: (cextfire.MemberList.$Properties|null);

            /** Members removed */
            removed?: (cextfire.MemberList.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Members. */
        type $Shape = cextfire.Members.$Properties;
    }

    /**
     * Properties of a SnapshotPart.
     * @deprecated Use cextfire.SnapshotPart.$Properties instead.
     */
    interface ISnapshotPart extends cextfire.SnapshotPart.$Properties {
    }

    /** Represents a SnapshotPart. */
    class SnapshotPart {

        /**
         * Constructs a new SnapshotPart.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.SnapshotPart.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SnapshotPart part. */
        part: number;

        /** SnapshotPart parts. */
        parts: number;

        /** SnapshotPart objects. */
        objects: cextfire.Object.$Properties[];

        /** SnapshotPart members. */
        members: cextfire.Members.$Properties[];

        /**
         * Creates a new SnapshotPart instance using the specified properties.
         * @param [properties] Properties to set
         * @returns SnapshotPart instance
         */
        static create(properties: cextfire.SnapshotPart.$Shape): cextfire.SnapshotPart & cextfire.SnapshotPart.$Shape;
        static create(properties?: cextfire.SnapshotPart.$Properties): cextfire.SnapshotPart;

        /**
         * Encodes the specified SnapshotPart message. Does not implicitly {@link cextfire.SnapshotPart.verify|verify} messages.
         * @param message SnapshotPart message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.SnapshotPart.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SnapshotPart message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.SnapshotPart & cextfire.SnapshotPart.$Shape} SnapshotPart
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.SnapshotPart & cextfire.SnapshotPart.$Shape;
    }

    namespace SnapshotPart {

        /** Properties of a SnapshotPart. */
        interface $Properties {

            /** SnapshotPart part */
            part?: (number|null);

            /** SnapshotPart parts */
            parts?: (number|null);

            /** SnapshotPart objects */
            objects?: (cextfire.Object.$Properties[]|null);

            /** SnapshotPart members */
            members?: (cextfire.Members.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SnapshotPart. */
        type $Shape = cextfire.SnapshotPart.$Properties;
    }

    /**
     * Properties of a Changes.
     * @deprecated Use cextfire.Changes.$Properties instead.
     */
    interface IChanges extends cextfire.Changes.$Properties {
    }

    /** Represents a Changes. */
    class Changes {

        /**
         * Constructs a new Changes.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.Changes.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Changes part. */
        part: number;

        /** Changes parts. */
        parts: number;

        /** Changes upserted. */
        upserted: cextfire.Object.$Properties[];

        /** Changes members. */
        members: cextfire.Members.$Properties[];

        /** Changes removed. */
        removed: cextfire.Key.$Properties[];

        /**
         * Creates a new Changes instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Changes instance
         */
        static create(properties: cextfire.Changes.$Shape): cextfire.Changes & cextfire.Changes.$Shape;
        static create(properties?: cextfire.Changes.$Properties): cextfire.Changes;

        /**
         * Encodes the specified Changes message. Does not implicitly {@link cextfire.Changes.verify|verify} messages.
         * @param message Changes message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.Changes.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Changes message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.Changes & cextfire.Changes.$Shape} Changes
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.Changes & cextfire.Changes.$Shape;
    }

    namespace Changes {

        /** Properties of a Changes. */
        interface $Properties {

            /** Changes part */
            part?: (number|null);

            /** Changes parts */
            parts?: (number|null);

            /** Changes upserted */
            upserted?: (cextfire.Object.$Properties[]|null);

            /** Changes members */
            members?: (cextfire.Members.$Properties[]|null);

            /** Changes removed */
            removed?: (cextfire.Key.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Changes. */
        type $Shape = cextfire.Changes.$Properties;
    }

    /**
     * Properties of a Heartbeat.
     * @deprecated Use cextfire.Heartbeat.$Properties instead.
     */
    interface IHeartbeat extends cextfire.Heartbeat.$Properties {
    }

    /** Represents a Heartbeat. */
    class Heartbeat {

        /**
         * Constructs a new Heartbeat.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.Heartbeat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Heartbeat inSync. */
        inSync: boolean;

        /** Heartbeat objects. */
        objects: number;

        /** Heartbeat sets. */
        sets: number;

        /** Heartbeat members. */
        members: number;

        /** Heartbeat hostEndpoints. */
        hostEndpoints: number;

        /** Heartbeat shipperVersion. */
        shipperVersion: string;

        /** Heartbeat probe. */
        probe?: (cextfire.Probe.$Properties|null);

        /** Heartbeat lastFrameMs. */
        lastFrameMs: number;

        /**
         * Creates a new Heartbeat instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Heartbeat instance
         */
        static create(properties: cextfire.Heartbeat.$Shape): cextfire.Heartbeat & cextfire.Heartbeat.$Shape;
        static create(properties?: cextfire.Heartbeat.$Properties): cextfire.Heartbeat;

        /**
         * Encodes the specified Heartbeat message. Does not implicitly {@link cextfire.Heartbeat.verify|verify} messages.
         * @param message Heartbeat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Heartbeat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.Heartbeat & cextfire.Heartbeat.$Shape} Heartbeat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.Heartbeat & cextfire.Heartbeat.$Shape;
    }

    namespace Heartbeat {

        /** Properties of a Heartbeat. */
        interface $Properties {

            /** Heartbeat inSync */
            inSync?: (boolean|null);

            /** Heartbeat objects */
            objects?: (number|null);

            /** Heartbeat sets */
            sets?: (number|null);

            /** Heartbeat members */
            members?: (number|null);

            /** Heartbeat hostEndpoints */
            hostEndpoints?: (number|null);

            /** Heartbeat shipperVersion */
            shipperVersion?: (string|null);

            /** Heartbeat probe */
            probe?: (cextfire.Probe.$Properties|null);

            /** Heartbeat lastFrameMs */
            lastFrameMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Heartbeat. */
        type $Shape = cextfire.Heartbeat.$Properties;
    }

    /**
     * Properties of a Probe.
     * @deprecated Use cextfire.Probe.$Properties instead.
     */
    interface IProbe extends cextfire.Probe.$Properties {
    }

    /** Represents a Probe. */
    class Probe {

        /**
         * Constructs a new Probe.
         * @param [properties] Properties to set
         */
        constructor(properties?: cextfire.Probe.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Probe ok. */
        ok: boolean;

        /** Probe reason. */
        reason: string;

        /** Probe sinceMs. */
        sinceMs: number;

        /**
         * Creates a new Probe instance using the specified properties.
         * @param [properties] Properties to set
         * @returns Probe instance
         */
        static create(properties: cextfire.Probe.$Shape): cextfire.Probe & cextfire.Probe.$Shape;
        static create(properties?: cextfire.Probe.$Properties): cextfire.Probe;

        /**
         * Encodes the specified Probe message. Does not implicitly {@link cextfire.Probe.verify|verify} messages.
         * @param message Probe message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: cextfire.Probe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Probe message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {cextfire.Probe & cextfire.Probe.$Shape} Probe
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): cextfire.Probe & cextfire.Probe.$Shape;
    }

    namespace Probe {

        /** Properties of a Probe. */
        interface $Properties {

            /** Probe ok */
            ok?: (boolean|null);

            /** Probe reason */
            reason?: (string|null);

            /** Probe sinceMs */
            sinceMs?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Probe. */
        type $Shape = cextfire.Probe.$Properties;
    }
}
