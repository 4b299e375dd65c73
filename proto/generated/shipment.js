/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["cextfire-shipment"] || ($protobuf.roots["cextfire-shipment"] = {});

export const cextfire = $root.cextfire = (() => {

    /**
     * Namespace cextfire.
     * @exports cextfire
     * @namespace
     */
    const cextfire = {};

    cextfire.Shipment = (function() {

        /**
         * Properties of a Shipment.
         * @typedef {Object} cextfire.Shipment.$Properties
         * @property {number|null} [format] Shipment format
         * @property {string|null} [stream] Shipment stream
         * @property {cextfire.Epoch.$Properties|null} [epoch] Shipment epoch
         * @property {number|null} [sequence] Shipment sequence
         * @property {Uint8Array|null} [digestBefore] Shipment digestBefore
         * @property {Uint8Array|null} [digestAfter] Shipment digestAfter
         * @property {number|null} [observedMs] Shipment observedMs
         * @property {cextfire.SnapshotPart.$Properties|null} [snapshot] Shipment snapshot
         * @property {cextfire.Changes.$Properties|null} [changes] Shipment changes
         * @property {cextfire.Heartbeat.$Properties|null} [heartbeat] Shipment heartbeat
         * @property {"snapshot"|"changes"|"heartbeat"} [content] Shipment content
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Shipment.
         * @memberof cextfire
         * @interface IShipment
         * @augments cextfire.Shipment.$Properties
         * @deprecated Use cextfire.Shipment.$Properties instead.
         */

        /**
         * Narrowed shape of a Shipment.
         * @typedef {{
         *   format?: number|null;
         *   stream?: string|null;
         *   epoch?: cextfire.Epoch.$Shape|null;
         *   sequence?: number|null;
         *   digestBefore?: Uint8Array|null;
         *   digestAfter?: Uint8Array|null;
         *   observedMs?: number|null;
         *   snapshot?: cextfire.SnapshotPart.$Shape|null;
         *   changes?: cextfire.Changes.$Shape|null;
         *   heartbeat?: cextfire.Heartbeat.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ content?: undefined; snapshot?: null; changes?: null; heartbeat?: null }|{ content?: "snapshot"; snapshot: cextfire.SnapshotPart.$Shape; changes?: null; heartbeat?: null }|{ content?: "changes"; snapshot?: null; changes: cextfire.Changes.$Shape; heartbeat?: null }|{ content?: "heartbeat"; snapshot?: null; changes?: null; heartbeat: cextfire.Heartbeat.$Shape })
         * )} cextfire.Shipment.$Shape
         */

        /**
         * Constructs a new Shipment.
         * @memberof cextfire
         * @classdesc Represents a Shipment.
         * @constructor
         * @param {cextfire.Shipment.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Shipment = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Shipment format.
         * @member {number} format
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.format = 0;

        /**
         * Shipment stream.
         * @member {string} stream
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.stream = "";

        /**
         * Shipment epoch.
         * @member {cextfire.Epoch.$Properties|null|undefined} epoch
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.epoch = null;

        /**
         * Shipment sequence.
         * @member {number} sequence
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Shipment digestBefore.
         * @member {Uint8Array} digestBefore
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.digestBefore = $util.newBuffer([]);

        /**
         * Shipment digestAfter.
         * @member {Uint8Array} digestAfter
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.digestAfter = $util.newBuffer([]);

        /**
         * Shipment observedMs.
         * @member {number} observedMs
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.observedMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Shipment snapshot.
         * @member {cextfire.SnapshotPart.$Properties|null|undefined} snapshot
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.snapshot = null;

        /**
         * Shipment changes.
         * @member {cextfire.Changes.$Properties|null|undefined} changes
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.changes = null;

        /**
         * Shipment heartbeat.
         * @member {cextfire.Heartbeat.$Properties|null|undefined} heartbeat
         * @memberof cextfire.Shipment
         * @instance
         */
        Shipment.prototype.heartbeat = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Shipment content.
         * @member {"snapshot"|"changes"|"heartbeat"|undefined} content
         * @memberof cextfire.Shipment
         * @instance
         */
        $Object.defineProperty(Shipment.prototype, "content", {
            get: $util.oneOfGetter($oneOfFields = ["snapshot", "changes", "heartbeat"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Creates a new Shipment instance using the specified properties.
         * @function create
         * @memberof cextfire.Shipment
         * @static
         * @param {cextfire.Shipment.$Properties=} [properties] Properties to set
         * @returns {cextfire.Shipment} Shipment instance
         * @type {{
         *   (properties: cextfire.Shipment.$Shape): cextfire.Shipment & cextfire.Shipment.$Shape;
         *   (properties?: cextfire.Shipment.$Properties): cextfire.Shipment;
         * }}
         */
        Shipment.create = function(properties) {
            return new Shipment(properties);
        };

        /**
         * Encodes the specified Shipment message. Does not implicitly {@link cextfire.Shipment.verify|verify} messages.
         * @function encode
         * @memberof cextfire.Shipment
         * @static
         * @param {cextfire.Shipment.$Properties} message Shipment message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Shipment.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.format);
            if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.stream);
            if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                $root.cextfire.Epoch.encode(message.epoch, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.sequence);
            if (message.digestBefore != null && $Object.hasOwnProperty.call(message, "digestBefore") && message.digestBefore.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.digestBefore);
            if (message.digestAfter != null && $Object.hasOwnProperty.call(message, "digestAfter") && message.digestAfter.length)
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.digestAfter);
            if (message.observedMs != null && $Object.hasOwnProperty.call(message, "observedMs") && (typeof message.observedMs === "object" ? message.observedMs.low || message.observedMs.high : message.observedMs !== 0))
                writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.observedMs);
            if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                $root.cextfire.SnapshotPart.encode(message.snapshot, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
            if (message.changes != null && $Object.hasOwnProperty.call(message, "changes"))
                $root.cextfire.Changes.encode(message.changes, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
            if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat"))
                $root.cextfire.Heartbeat.encode(message.heartbeat, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Shipment message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.Shipment
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.Shipment & cextfire.Shipment.$Shape} Shipment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Shipment.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.Shipment();
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
                        if (value = reader.uint32())
                            message.format = value;
                        else
                            delete message.format;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.stream = value;
                        else
                            delete message.stream;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.epoch = $root.cextfire.Epoch.decode(reader, reader.size(), $undefined, _depth + 1, message.epoch);
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.sequence = value;
                        else
                            delete message.sequence;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.digestBefore = value;
                        else
                            delete message.digestBefore;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.digestAfter = value;
                        else
                            delete message.digestAfter;
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.observedMs = value;
                        else
                            delete message.observedMs;
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.snapshot = $root.cextfire.SnapshotPart.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                        message.content = "snapshot";
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.changes = $root.cextfire.Changes.decode(reader, reader.size(), $undefined, _depth + 1, message.changes);
                        message.content = "changes";
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.heartbeat = $root.cextfire.Heartbeat.decode(reader, reader.size(), $undefined, _depth + 1, message.heartbeat);
                        message.content = "heartbeat";
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

        return Shipment;
    })();

    cextfire.Epoch = (function() {

        /**
         * Properties of an Epoch.
         * @typedef {Object} cextfire.Epoch.$Properties
         * @property {number|null} [startedMs] Epoch startedMs
         * @property {string|null} [random] Epoch random
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Epoch.
         * @memberof cextfire
         * @interface IEpoch
         * @augments cextfire.Epoch.$Properties
         * @deprecated Use cextfire.Epoch.$Properties instead.
         */

        /**
         * Shape of an Epoch.
         * @typedef {cextfire.Epoch.$Properties} cextfire.Epoch.$Shape
         */

        /**
         * Constructs a new Epoch.
         * @memberof cextfire
         * @classdesc Represents an Epoch.
         * @constructor
         * @param {cextfire.Epoch.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Epoch = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Epoch startedMs.
         * @member {number} startedMs
         * @memberof cextfire.Epoch
         * @instance
         */
        Epoch.prototype.startedMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Epoch random.
         * @member {string} random
         * @memberof cextfire.Epoch
         * @instance
         */
        Epoch.prototype.random = "";

        /**
         * Creates a new Epoch instance using the specified properties.
         * @function create
         * @memberof cextfire.Epoch
         * @static
         * @param {cextfire.Epoch.$Properties=} [properties] Properties to set
         * @returns {cextfire.Epoch} Epoch instance
         * @type {{
         *   (properties: cextfire.Epoch.$Shape): cextfire.Epoch & cextfire.Epoch.$Shape;
         *   (properties?: cextfire.Epoch.$Properties): cextfire.Epoch;
         * }}
         */
        Epoch.create = function(properties) {
            return new Epoch(properties);
        };

        /**
         * Encodes the specified Epoch message. Does not implicitly {@link cextfire.Epoch.verify|verify} messages.
         * @function encode
         * @memberof cextfire.Epoch
         * @static
         * @param {cextfire.Epoch.$Properties} message Epoch message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Epoch.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.startedMs != null && $Object.hasOwnProperty.call(message, "startedMs") && (typeof message.startedMs === "object" ? message.startedMs.low || message.startedMs.high : message.startedMs !== 0))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.startedMs);
            if (message.random != null && $Object.hasOwnProperty.call(message, "random") && message.random !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.random);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Epoch message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.Epoch
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.Epoch & cextfire.Epoch.$Shape} Epoch
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Epoch.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.Epoch();
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
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.startedMs = value;
                        else
                            delete message.startedMs;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.random = value;
                        else
                            delete message.random;
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

        return Epoch;
    })();

    /**
     * Kind enum.
     * @name cextfire.Kind
     * @enum {number}
     * @property {number} UNKNOWN=0 UNKNOWN value
     * @property {number} FACTS=1 FACTS value
     * @property {number} SET=2 SET value
     * @property {number} POLICY=3 POLICY value
     * @property {number} HOST_ENDPOINT=4 HOST_ENDPOINT value
     * @property {number} POOL=5 POOL value
     * @property {number} HOST=6 HOST value
     * @property {number} NAMESPACE=7 NAMESPACE value
     * @property {number} SERVICE=8 SERVICE value
     * @property {number} HOST_V6=9 HOST_V6 value
     * @property {number} HOST_V4V6=10 HOST_V4V6 value
     */
    cextfire.Kind = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[0] = "UNKNOWN"] = 0;
        values[valuesById[1] = "FACTS"] = 1;
        values[valuesById[2] = "SET"] = 2;
        values[valuesById[3] = "POLICY"] = 3;
        values[valuesById[4] = "HOST_ENDPOINT"] = 4;
        values[valuesById[5] = "POOL"] = 5;
        values[valuesById[6] = "HOST"] = 6;
        values[valuesById[7] = "NAMESPACE"] = 7;
        values[valuesById[8] = "SERVICE"] = 8;
        values[valuesById[9] = "HOST_V6"] = 9;
        values[valuesById[10] = "HOST_V4V6"] = 10;
        return values;
    })();

    cextfire.Facts = (function() {

        /**
         * Properties of a Facts.
         * @typedef {Object} cextfire.Facts.$Properties
         * @property {string|null} [clusterGuid] Facts clusterGuid
         * @property {string|null} [calicoVersion] Facts calicoVersion
         * @property {Object.<string,string>|null} [own] Facts own
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Facts.
         * @memberof cextfire
         * @interface IFacts
         * @augments cextfire.Facts.$Properties
         * @deprecated Use cextfire.Facts.$Properties instead.
         */

        /**
         * Shape of a Facts.
         * @typedef {cextfire.Facts.$Properties} cextfire.Facts.$Shape
         */

        /**
         * Constructs a new Facts.
         * @memberof cextfire
         * @classdesc Represents a Facts.
         * @constructor
         * @param {cextfire.Facts.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Facts = function (properties) {
            this.own = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Facts clusterGuid.
         * @member {string} clusterGuid
         * @memberof cextfire.Facts
         * @instance
         */
        Facts.prototype.clusterGuid = "";

        /**
         * Facts calicoVersion.
         * @member {string} calicoVersion
         * @memberof cextfire.Facts
         * @instance
         */
        Facts.prototype.calicoVersion = "";

        /**
         * Facts own.
         * @member {Object.<string,string>} own
         * @memberof cextfire.Facts
         * @instance
         */
        Facts.prototype.own = $util.emptyObject;

        /**
         * Creates a new Facts instance using the specified properties.
         * @function create
         * @memberof cextfire.Facts
         * @static
         * @param {cextfire.Facts.$Properties=} [properties] Properties to set
         * @returns {cextfire.Facts} Facts instance
         * @type {{
         *   (properties: cextfire.Facts.$Shape): cextfire.Facts & cextfire.Facts.$Shape;
         *   (properties?: cextfire.Facts.$Properties): cextfire.Facts;
         * }}
         */
        Facts.create = function(properties) {
            return new Facts(properties);
        };

        /**
         * Encodes the specified Facts message. Does not implicitly {@link cextfire.Facts.verify|verify} messages.
         * @function encode
         * @memberof cextfire.Facts
         * @static
         * @param {cextfire.Facts.$Properties} message Facts message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Facts.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.clusterGuid != null && $Object.hasOwnProperty.call(message, "clusterGuid") && message.clusterGuid !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.clusterGuid);
            if (message.calicoVersion != null && $Object.hasOwnProperty.call(message, "calicoVersion") && message.calicoVersion !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.calicoVersion);
            if (message.own != null && $Object.hasOwnProperty.call(message, "own"))
                for (let keys = $Object.keys(message.own), i = 0; i < keys.length; ++i)
                    writer.uint32(/* id 3, wireType 2 =*/26).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.own[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Facts message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.Facts
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.Facts & cextfire.Facts.$Shape} Facts
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Facts.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.Facts();
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
                            message.clusterGuid = value;
                        else
                            delete message.clusterGuid;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.calicoVersion = value;
                        else
                            delete message.calicoVersion;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (message.own === $util.emptyObject)
                            message.own = {};
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
                            $util.makeProp(message.own, key);
                        message.own[key] = value;
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

        return Facts;
    })();

    cextfire.SetDeclaration = (function() {

        /**
         * Properties of a SetDeclaration.
         * @typedef {Object} cextfire.SetDeclaration.$Properties
         * @property {number|null} [type] SetDeclaration type
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SetDeclaration.
         * @memberof cextfire
         * @interface ISetDeclaration
         * @augments cextfire.SetDeclaration.$Properties
         * @deprecated Use cextfire.SetDeclaration.$Properties instead.
         */

        /**
         * Shape of a SetDeclaration.
         * @typedef {cextfire.SetDeclaration.$Properties} cextfire.SetDeclaration.$Shape
         */

        /**
         * Constructs a new SetDeclaration.
         * @memberof cextfire
         * @classdesc Represents a SetDeclaration.
         * @constructor
         * @param {cextfire.SetDeclaration.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SetDeclaration = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * SetDeclaration type.
         * @member {number} type
         * @memberof cextfire.SetDeclaration
         * @instance
         */
        SetDeclaration.prototype.type = 0;

        /**
         * Creates a new SetDeclaration instance using the specified properties.
         * @function create
         * @memberof cextfire.SetDeclaration
         * @static
         * @param {cextfire.SetDeclaration.$Properties=} [properties] Properties to set
         * @returns {cextfire.SetDeclaration} SetDeclaration instance
         * @type {{
         *   (properties: cextfire.SetDeclaration.$Shape): cextfire.SetDeclaration & cextfire.SetDeclaration.$Shape;
         *   (properties?: cextfire.SetDeclaration.$Properties): cextfire.SetDeclaration;
         * }}
         */
        SetDeclaration.create = function(properties) {
            return new SetDeclaration(properties);
        };

        /**
         * Encodes the specified SetDeclaration message. Does not implicitly {@link cextfire.SetDeclaration.verify|verify} messages.
         * @function encode
         * @memberof cextfire.SetDeclaration
         * @static
         * @param {cextfire.SetDeclaration.$Properties} message SetDeclaration message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SetDeclaration.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.type);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SetDeclaration message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.SetDeclaration
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.SetDeclaration & cextfire.SetDeclaration.$Shape} SetDeclaration
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SetDeclaration.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.SetDeclaration();
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
                        if (value = reader.uint32())
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

        return SetDeclaration;
    })();

    cextfire.Object = (function() {

        /**
         * Properties of an Object.
         * @typedef {Object} cextfire.Object.$Properties
         * @property {cextfire.Kind|null} [kind] Object kind
         * @property {string|null} [key] Object key
         * @property {Uint8Array|null} [raw] Object raw
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Object.
         * @memberof cextfire
         * @interface IObject
         * @augments cextfire.Object.$Properties
         * @deprecated Use cextfire.Object.$Properties instead.
         */

        /**
         * Shape of an Object.
         * @typedef {cextfire.Object.$Properties} cextfire.Object.$Shape
         */

        /**
         * Constructs a new Object.
         * @memberof cextfire
         * @classdesc Represents an Object.
         * @constructor
         * @param {cextfire.Object.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Object = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Object kind.
         * @member {cextfire.Kind} kind
         * @memberof cextfire.Object
         * @instance
         */
        Object.prototype.kind = 0;

        /**
         * Object key.
         * @member {string} key
         * @memberof cextfire.Object
         * @instance
         */
        Object.prototype.key = "";

        /**
         * Object raw.
         * @member {Uint8Array} raw
         * @memberof cextfire.Object
         * @instance
         */
        Object.prototype.raw = $util.newBuffer([]);

        /**
         * Creates a new Object instance using the specified properties.
         * @function create
         * @memberof cextfire.Object
         * @static
         * @param {cextfire.Object.$Properties=} [properties] Properties to set
         * @returns {cextfire.Object} Object instance
         * @type {{
         *   (properties: cextfire.Object.$Shape): cextfire.Object & cextfire.Object.$Shape;
         *   (properties?: cextfire.Object.$Properties): cextfire.Object;
         * }}
         */
        Object.create = function(properties) {
            return new Object(properties);
        };

        /**
         * Encodes the specified Object message. Does not implicitly {@link cextfire.Object.verify|verify} messages.
         * @function encode
         * @memberof cextfire.Object
         * @static
         * @param {cextfire.Object.$Properties} message Object message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Object.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).int32(message.kind);
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.key);
            if (message.raw != null && $Object.hasOwnProperty.call(message, "raw") && message.raw.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.raw);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Object message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.Object
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.Object & cextfire.Object.$Shape} Object
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Object.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.Object();
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
                            message.kind = value;
                        else
                            delete message.kind;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.key = value;
                        else
                            delete message.key;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.raw = value;
                        else
                            delete message.raw;
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

        return Object;
    })();

    cextfire.Key = (function() {

        /**
         * Properties of a Key.
         * @typedef {Object} cextfire.Key.$Properties
         * @property {cextfire.Kind|null} [kind] Key kind
         * @property {string|null} [key] Key key
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Key.
         * @memberof cextfire
         * @interface IKey
         * @augments cextfire.Key.$Properties
         * @deprecated Use cextfire.Key.$Properties instead.
         */

        /**
         * Shape of a Key.
         * @typedef {cextfire.Key.$Properties} cextfire.Key.$Shape
         */

        /**
         * Constructs a new Key.
         * @memberof cextfire
         * @classdesc Represents a Key.
         * @constructor
         * @param {cextfire.Key.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Key = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Key kind.
         * @member {cextfire.Kind} kind
         * @memberof cextfire.Key
         * @instance
         */
        Key.prototype.kind = 0;

        /**
         * Key key.
         * @member {string} key
         * @memberof cextfire.Key
         * @instance
         */
        Key.prototype.key = "";

        /**
         * Creates a new Key instance using the specified properties.
         * @function create
         * @memberof cextfire.Key
         * @static
         * @param {cextfire.Key.$Properties=} [properties] Properties to set
         * @returns {cextfire.Key} Key instance
         * @type {{
         *   (properties: cextfire.Key.$Shape): cextfire.Key & cextfire.Key.$Shape;
         *   (properties?: cextfire.Key.$Properties): cextfire.Key;
         * }}
         */
        Key.create = function(properties) {
            return new Key(properties);
        };

        /**
         * Encodes the specified Key message. Does not implicitly {@link cextfire.Key.verify|verify} messages.
         * @function encode
         * @memberof cextfire.Key
         * @static
         * @param {cextfire.Key.$Properties} message Key message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Key.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).int32(message.kind);
            if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.key);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Key message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.Key
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.Key & cextfire.Key.$Shape} Key
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Key.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.Key();
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
                            message.kind = value;
                        else
                            delete message.kind;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.key = value;
                        else
                            delete message.key;
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

        return Key;
    })();

    cextfire.MemberList = (function() {

        /**
         * Properties of a MemberList.
         * @typedef {Object} cextfire.MemberList.$Properties
         * @property {Array.<number>|null} [hosts4] MemberList hosts4
         * @property {Array.<string>|null} [others] MemberList others
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a MemberList.
         * @memberof cextfire
         * @interface IMemberList
         * @augments cextfire.MemberList.$Properties
         * @deprecated Use cextfire.MemberList.$Properties instead.
         */

        /**
         * Shape of a MemberList.
         * @typedef {cextfire.MemberList.$Properties} cextfire.MemberList.$Shape
         */

        /**
         * Constructs a new MemberList.
         * @memberof cextfire
         * @classdesc Represents a MemberList.
         * @constructor
         * @param {cextfire.MemberList.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const MemberList = function (properties) {
            this.hosts4 = [];
            this.others = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * MemberList hosts4.
         * @member {Array.<number>} hosts4
         * @memberof cextfire.MemberList
         * @instance
         */
        MemberList.prototype.hosts4 = $util.emptyArray;

        /**
         * MemberList others.
         * @member {Array.<string>} others
         * @memberof cextfire.MemberList
         * @instance
         */
        MemberList.prototype.others = $util.emptyArray;

        /**
         * Creates a new MemberList instance using the specified properties.
         * @function create
         * @memberof cextfire.MemberList
         * @static
         * @param {cextfire.MemberList.$Properties=} [properties] Properties to set
         * @returns {cextfire.MemberList} MemberList instance
         * @type {{
         *   (properties: cextfire.MemberList.$Shape): cextfire.MemberList & cextfire.MemberList.$Shape;
         *   (properties?: cextfire.MemberList.$Properties): cextfire.MemberList;
         * }}
         */
        MemberList.create = function(properties) {
            return new MemberList(properties);
        };

        /**
         * Encodes the specified MemberList message. Does not implicitly {@link cextfire.MemberList.verify|verify} messages.
         * @function encode
         * @memberof cextfire.MemberList
         * @static
         * @param {cextfire.MemberList.$Properties} message MemberList message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        MemberList.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.hosts4 != null && message.hosts4.length)
                writer.uint32(/* id 1, wireType 2 =*/10).uint32s(message.hosts4);
            if (message.others != null && message.others.length)
                for (let i = 0; i < message.others.length; ++i)
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.others[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a MemberList message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.MemberList
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.MemberList & cextfire.MemberList.$Shape} MemberList
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        MemberList.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.MemberList();
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
                        if (wireType === 2) {
                            if (!(message.hosts4 && message.hosts4.length))
                                message.hosts4 = [];
                            reader.uint32s(message.hosts4);
                            continue;
                        }
                        if (wireType !== 0)
                            break;
                        if (!(message.hosts4 && message.hosts4.length))
                            message.hosts4 = [];
                        message.hosts4.push(reader.uint32());
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if (!(message.others && message.others.length))
                            message.others = [];
                        message.others.push(reader.stringVerify());
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

        return MemberList;
    })();

    cextfire.Members = (function() {

        /**
         * Properties of a Members.
         * @typedef {Object} cextfire.Members.$Properties
         * @property {string|null} [set] Members set
         * @property {cextfire.MemberList.$Properties|null} [added] Members added
         * @property {cextfire.MemberList.$Properties|null} [removed] Members removed
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Members.
         * @memberof cextfire
         * @interface IMembers
         * @augments cextfire.Members.$Properties
         * @deprecated Use cextfire.Members.$Properties instead.
         */

        /**
         * Shape of a Members.
         * @typedef {cextfire.Members.$Properties} cextfire.Members.$Shape
         */

        /**
         * Constructs a new Members.
         * @memberof cextfire
         * @classdesc Represents a Members.
         * @constructor
         * @param {cextfire.Members.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Members = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Members set.
         * @member {string} set
         * @memberof cextfire.Members
         * @instance
         */
        Members.prototype.set = "";

        /**
         * Members added.
         * @member {cextfire.MemberList.$Properties|null|undefined} added
         * @memberof cextfire.Members
         * @instance
         */
        Members.prototype.added = null;

        /**
         * Members removed.
         * @member {cextfire.MemberList.$Properties|null|undefined} removed
         * @memberof cextfire.Members
         * @instance
         */
        Members.prototype.removed = null;

        /**
         * Creates a new Members instance using the specified properties.
         * @function create
         * @memberof cextfire.Members
         * @static
         * @param {cextfire.Members.$Properties=} [properties] Properties to set
         * @returns {cextfire.Members} Members instance
         * @type {{
         *   (properties: cextfire.Members.$Shape): cextfire.Members & cextfire.Members.$Shape;
         *   (properties?: cextfire.Members.$Properties): cextfire.Members;
         * }}
         */
        Members.create = function(properties) {
            return new Members(properties);
        };

        /**
         * Encodes the specified Members message. Does not implicitly {@link cextfire.Members.verify|verify} messages.
         * @function encode
         * @memberof cextfire.Members
         * @static
         * @param {cextfire.Members.$Properties} message Members message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Members.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.set != null && $Object.hasOwnProperty.call(message, "set") && message.set !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.set);
            if (message.added != null && $Object.hasOwnProperty.call(message, "added"))
                $root.cextfire.MemberList.encode(message.added, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.removed != null && $Object.hasOwnProperty.call(message, "removed"))
                $root.cextfire.MemberList.encode(message.removed, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Members message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.Members
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.Members & cextfire.Members.$Shape} Members
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Members.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.Members();
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
                            message.set = value;
                        else
                            delete message.set;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.added = $root.cextfire.MemberList.decode(reader, reader.size(), $undefined, _depth + 1, message.added);
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.removed = $root.cextfire.MemberList.decode(reader, reader.size(), $undefined, _depth + 1, message.removed);
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

        return Members;
    })();

    cextfire.SnapshotPart = (function() {

        /**
         * Properties of a SnapshotPart.
         * @typedef {Object} cextfire.SnapshotPart.$Properties
         * @property {number|null} [part] SnapshotPart part
         * @property {number|null} [parts] SnapshotPart parts
         * @property {Array.<cextfire.Object.$Properties>|null} [objects] SnapshotPart objects
         * @property {Array.<cextfire.Members.$Properties>|null} [members] SnapshotPart members
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SnapshotPart.
         * @memberof cextfire
         * @interface ISnapshotPart
         * @augments cextfire.SnapshotPart.$Properties
         * @deprecated Use cextfire.SnapshotPart.$Properties instead.
         */

        /**
         * Shape of a SnapshotPart.
         * @typedef {cextfire.SnapshotPart.$Properties} cextfire.SnapshotPart.$Shape
         */

        /**
         * Constructs a new SnapshotPart.
         * @memberof cextfire
         * @classdesc Represents a SnapshotPart.
         * @constructor
         * @param {cextfire.SnapshotPart.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SnapshotPart = function (properties) {
            this.objects = [];
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * SnapshotPart part.
         * @member {number} part
         * @memberof cextfire.SnapshotPart
         * @instance
         */
        SnapshotPart.prototype.part = 0;

        /**
         * SnapshotPart parts.
         * @member {number} parts
         * @memberof cextfire.SnapshotPart
         * @instance
         */
        SnapshotPart.prototype.parts = 0;

        /**
         * SnapshotPart objects.
         * @member {Array.<cextfire.Object.$Properties>} objects
         * @memberof cextfire.SnapshotPart
         * @instance
         */
        SnapshotPart.prototype.objects = $util.emptyArray;

        /**
         * SnapshotPart members.
         * @member {Array.<cextfire.Members.$Properties>} members
         * @memberof cextfire.SnapshotPart
         * @instance
         */
        SnapshotPart.prototype.members = $util.emptyArray;

        /**
         * Creates a new SnapshotPart instance using the specified properties.
         * @function create
         * @memberof cextfire.SnapshotPart
         * @static
         * @param {cextfire.SnapshotPart.$Properties=} [properties] Properties to set
         * @returns {cextfire.SnapshotPart} SnapshotPart instance
         * @type {{
         *   (properties: cextfire.SnapshotPart.$Shape): cextfire.SnapshotPart & cextfire.SnapshotPart.$Shape;
         *   (properties?: cextfire.SnapshotPart.$Properties): cextfire.SnapshotPart;
         * }}
         */
        SnapshotPart.create = function(properties) {
            return new SnapshotPart(properties);
        };

        /**
         * Encodes the specified SnapshotPart message. Does not implicitly {@link cextfire.SnapshotPart.verify|verify} messages.
         * @function encode
         * @memberof cextfire.SnapshotPart
         * @static
         * @param {cextfire.SnapshotPart.$Properties} message SnapshotPart message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SnapshotPart.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.part != null && $Object.hasOwnProperty.call(message, "part") && message.part !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.part);
            if (message.parts != null && $Object.hasOwnProperty.call(message, "parts") && message.parts !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.parts);
            if (message.objects != null && message.objects.length)
                for (let i = 0; i < message.objects.length; ++i)
                    $root.cextfire.Object.encode(message.objects[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    $root.cextfire.Members.encode(message.members[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SnapshotPart message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.SnapshotPart
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.SnapshotPart & cextfire.SnapshotPart.$Shape} SnapshotPart
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SnapshotPart.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.SnapshotPart();
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
                        if (value = reader.uint32())
                            message.part = value;
                        else
                            delete message.part;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.parts = value;
                        else
                            delete message.parts;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.objects && message.objects.length))
                            message.objects = [];
                        message.objects.push($root.cextfire.Object.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push($root.cextfire.Members.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return SnapshotPart;
    })();

    cextfire.Changes = (function() {

        /**
         * Properties of a Changes.
         * @typedef {Object} cextfire.Changes.$Properties
         * @property {number|null} [part] Changes part
         * @property {number|null} [parts] Changes parts
         * @property {Array.<cextfire.Object.$Properties>|null} [upserted] Changes upserted
         * @property {Array.<cextfire.Members.$Properties>|null} [members] Changes members
         * @property {Array.<cextfire.Key.$Properties>|null} [removed] Changes removed
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Changes.
         * @memberof cextfire
         * @interface IChanges
         * @augments cextfire.Changes.$Properties
         * @deprecated Use cextfire.Changes.$Properties instead.
         */

        /**
         * Shape of a Changes.
         * @typedef {cextfire.Changes.$Properties} cextfire.Changes.$Shape
         */

        /**
         * Constructs a new Changes.
         * @memberof cextfire
         * @classdesc Represents a Changes.
         * @constructor
         * @param {cextfire.Changes.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Changes = function (properties) {
            this.upserted = [];
            this.members = [];
            this.removed = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Changes part.
         * @member {number} part
         * @memberof cextfire.Changes
         * @instance
         */
        Changes.prototype.part = 0;

        /**
         * Changes parts.
         * @member {number} parts
         * @memberof cextfire.Changes
         * @instance
         */
        Changes.prototype.parts = 0;

        /**
         * Changes upserted.
         * @member {Array.<cextfire.Object.$Properties>} upserted
         * @memberof cextfire.Changes
         * @instance
         */
        Changes.prototype.upserted = $util.emptyArray;

        /**
         * Changes members.
         * @member {Array.<cextfire.Members.$Properties>} members
         * @memberof cextfire.Changes
         * @instance
         */
        Changes.prototype.members = $util.emptyArray;

        /**
         * Changes removed.
         * @member {Array.<cextfire.Key.$Properties>} removed
         * @memberof cextfire.Changes
         * @instance
         */
        Changes.prototype.removed = $util.emptyArray;

        /**
         * Creates a new Changes instance using the specified properties.
         * @function create
         * @memberof cextfire.Changes
         * @static
         * @param {cextfire.Changes.$Properties=} [properties] Properties to set
         * @returns {cextfire.Changes} Changes instance
         * @type {{
         *   (properties: cextfire.Changes.$Shape): cextfire.Changes & cextfire.Changes.$Shape;
         *   (properties?: cextfire.Changes.$Properties): cextfire.Changes;
         * }}
         */
        Changes.create = function(properties) {
            return new Changes(properties);
        };

        /**
         * Encodes the specified Changes message. Does not implicitly {@link cextfire.Changes.verify|verify} messages.
         * @function encode
         * @memberof cextfire.Changes
         * @static
         * @param {cextfire.Changes.$Properties} message Changes message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Changes.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.part != null && $Object.hasOwnProperty.call(message, "part") && message.part !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.part);
            if (message.parts != null && $Object.hasOwnProperty.call(message, "parts") && message.parts !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.parts);
            if (message.upserted != null && message.upserted.length)
                for (let i = 0; i < message.upserted.length; ++i)
                    $root.cextfire.Object.encode(message.upserted[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    $root.cextfire.Members.encode(message.members[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.removed != null && message.removed.length)
                for (let i = 0; i < message.removed.length; ++i)
                    $root.cextfire.Key.encode(message.removed[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Changes message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.Changes
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.Changes & cextfire.Changes.$Shape} Changes
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Changes.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.Changes();
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
                        if (value = reader.uint32())
                            message.part = value;
                        else
                            delete message.part;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.parts = value;
                        else
                            delete message.parts;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if (!(message.upserted && message.upserted.length))
                            message.upserted = [];
                        message.upserted.push($root.cextfire.Object.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if (!(message.members && message.members.length))
                            message.members = [];
                        message.members.push($root.cextfire.Members.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.removed && message.removed.length))
                            message.removed = [];
                        message.removed.push($root.cextfire.Key.decode(reader, reader.size(), $undefined, _depth + 1));
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

        return Changes;
    })();

    cextfire.Heartbeat = (function() {

        /**
         * Properties of a Heartbeat.
         * @typedef {Object} cextfire.Heartbeat.$Properties
         * @property {boolean|null} [inSync] Heartbeat inSync
         * @property {number|null} [objects] Heartbeat objects
         * @property {number|null} [sets] Heartbeat sets
         * @property {number|null} [members] Heartbeat members
         * @property {number|null} [hostEndpoints] Heartbeat hostEndpoints
         * @property {string|null} [shipperVersion] Heartbeat shipperVersion
         * @property {cextfire.Probe.$Properties|null} [probe] Heartbeat probe
         * @property {number|null} [lastFrameMs] Heartbeat lastFrameMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Heartbeat.
         * @memberof cextfire
         * @interface IHeartbeat
         * @augments cextfire.Heartbeat.$Properties
         * @deprecated Use cextfire.Heartbeat.$Properties instead.
         */

        /**
         * Shape of a Heartbeat.
         * @typedef {cextfire.Heartbeat.$Properties} cextfire.Heartbeat.$Shape
         */

        /**
         * Constructs a new Heartbeat.
         * @memberof cextfire
         * @classdesc Represents a Heartbeat.
         * @constructor
         * @param {cextfire.Heartbeat.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Heartbeat = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Heartbeat inSync.
         * @member {boolean} inSync
         * @memberof cextfire.Heartbeat
         * @instance
         */
        Heartbeat.prototype.inSync = false;

        /**
         * Heartbeat objects.
         * @member {number} objects
         * @memberof cextfire.Heartbeat
         * @instance
         */
        Heartbeat.prototype.objects = 0;

        /**
         * Heartbeat sets.
         * @member {number} sets
         * @memberof cextfire.Heartbeat
         * @instance
         */
        Heartbeat.prototype.sets = 0;

        /**
         * Heartbeat members.
         * @member {number} members
         * @memberof cextfire.Heartbeat
         * @instance
         */
        Heartbeat.prototype.members = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Heartbeat hostEndpoints.
         * @member {number} hostEndpoints
         * @memberof cextfire.Heartbeat
         * @instance
         */
        Heartbeat.prototype.hostEndpoints = 0;

        /**
         * Heartbeat shipperVersion.
         * @member {string} shipperVersion
         * @memberof cextfire.Heartbeat
         * @instance
         */
        Heartbeat.prototype.shipperVersion = "";

        /**
         * Heartbeat probe.
         * @member {cextfire.Probe.$Properties|null|undefined} probe
         * @memberof cextfire.Heartbeat
         * @instance
         */
        Heartbeat.prototype.probe = null;

        /**
         * Heartbeat lastFrameMs.
         * @member {number} lastFrameMs
         * @memberof cextfire.Heartbeat
         * @instance
         */
        Heartbeat.prototype.lastFrameMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new Heartbeat instance using the specified properties.
         * @function create
         * @memberof cextfire.Heartbeat
         * @static
         * @param {cextfire.Heartbeat.$Properties=} [properties] Properties to set
         * @returns {cextfire.Heartbeat} Heartbeat instance
         * @type {{
         *   (properties: cextfire.Heartbeat.$Shape): cextfire.Heartbeat & cextfire.Heartbeat.$Shape;
         *   (properties?: cextfire.Heartbeat.$Properties): cextfire.Heartbeat;
         * }}
         */
        Heartbeat.create = function(properties) {
            return new Heartbeat(properties);
        };

        /**
         * Encodes the specified Heartbeat message. Does not implicitly {@link cextfire.Heartbeat.verify|verify} messages.
         * @function encode
         * @memberof cextfire.Heartbeat
         * @static
         * @param {cextfire.Heartbeat.$Properties} message Heartbeat message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Heartbeat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.inSync != null && $Object.hasOwnProperty.call(message, "inSync") && message.inSync !== false)
                writer.uint32(/* id 1, wireType 0 =*/8).bool(message.inSync);
            if (message.objects != null && $Object.hasOwnProperty.call(message, "objects") && message.objects !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.objects);
            if (message.sets != null && $Object.hasOwnProperty.call(message, "sets") && message.sets !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.sets);
            if (message.members != null && $Object.hasOwnProperty.call(message, "members") && (typeof message.members === "object" ? message.members.low || message.members.high : message.members !== 0))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.members);
            if (message.hostEndpoints != null && $Object.hasOwnProperty.call(message, "hostEndpoints") && message.hostEndpoints !== 0)
                writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.hostEndpoints);
            if (message.shipperVersion != null && $Object.hasOwnProperty.call(message, "shipperVersion") && message.shipperVersion !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.shipperVersion);
            if (message.probe != null && $Object.hasOwnProperty.call(message, "probe"))
                $root.cextfire.Probe.encode(message.probe, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.lastFrameMs != null && $Object.hasOwnProperty.call(message, "lastFrameMs") && (typeof message.lastFrameMs === "object" ? message.lastFrameMs.low || message.lastFrameMs.high : message.lastFrameMs !== 0))
                writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.lastFrameMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Heartbeat message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.Heartbeat
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.Heartbeat & cextfire.Heartbeat.$Shape} Heartbeat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Heartbeat.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.Heartbeat();
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
                        if (value = reader.bool())
                            message.inSync = value;
                        else
                            delete message.inSync;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.objects = value;
                        else
                            delete message.objects;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.sets = value;
                        else
                            delete message.sets;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.members = value;
                        else
                            delete message.members;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.hostEndpoints = value;
                        else
                            delete message.hostEndpoints;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.shipperVersion = value;
                        else
                            delete message.shipperVersion;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.probe = $root.cextfire.Probe.decode(reader, reader.size(), $undefined, _depth + 1, message.probe);
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.lastFrameMs = value;
                        else
                            delete message.lastFrameMs;
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

        return Heartbeat;
    })();

    cextfire.Probe = (function() {

        /**
         * Properties of a Probe.
         * @typedef {Object} cextfire.Probe.$Properties
         * @property {boolean|null} [ok] Probe ok
         * @property {string|null} [reason] Probe reason
         * @property {number|null} [sinceMs] Probe sinceMs
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Probe.
         * @memberof cextfire
         * @interface IProbe
         * @augments cextfire.Probe.$Properties
         * @deprecated Use cextfire.Probe.$Properties instead.
         */

        /**
         * Shape of a Probe.
         * @typedef {cextfire.Probe.$Properties} cextfire.Probe.$Shape
         */

        /**
         * Constructs a new Probe.
         * @memberof cextfire
         * @classdesc Represents a Probe.
         * @constructor
         * @param {cextfire.Probe.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Probe = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Probe ok.
         * @member {boolean} ok
         * @memberof cextfire.Probe
         * @instance
         */
        Probe.prototype.ok = false;

        /**
         * Probe reason.
         * @member {string} reason
         * @memberof cextfire.Probe
         * @instance
         */
        Probe.prototype.reason = "";

        /**
         * Probe sinceMs.
         * @member {number} sinceMs
         * @memberof cextfire.Probe
         * @instance
         */
        Probe.prototype.sinceMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Creates a new Probe instance using the specified properties.
         * @function create
         * @memberof cextfire.Probe
         * @static
         * @param {cextfire.Probe.$Properties=} [properties] Properties to set
         * @returns {cextfire.Probe} Probe instance
         * @type {{
         *   (properties: cextfire.Probe.$Shape): cextfire.Probe & cextfire.Probe.$Shape;
         *   (properties?: cextfire.Probe.$Properties): cextfire.Probe;
         * }}
         */
        Probe.create = function(properties) {
            return new Probe(properties);
        };

        /**
         * Encodes the specified Probe message. Does not implicitly {@link cextfire.Probe.verify|verify} messages.
         * @function encode
         * @memberof cextfire.Probe
         * @static
         * @param {cextfire.Probe.$Properties} message Probe message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Probe.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.ok != null && $Object.hasOwnProperty.call(message, "ok") && message.ok !== false)
                writer.uint32(/* id 1, wireType 0 =*/8).bool(message.ok);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
            if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs") && (typeof message.sinceMs === "object" ? message.sinceMs.low || message.sinceMs.high : message.sinceMs !== 0))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.sinceMs);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Probe message from the specified reader or buffer.
         * @function decode
         * @memberof cextfire.Probe
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {cextfire.Probe & cextfire.Probe.$Shape} Probe
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Probe.decode = function (reader, length, _end, _depth, _target) {
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
            message = _target || new $root.cextfire.Probe();
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
                        if (value = reader.bool())
                            message.ok = value;
                        else
                            delete message.ok;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                            message.sinceMs = value;
                        else
                            delete message.sinceMs;
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

        return Probe;
    })();

    return cextfire;
})();

export {
  $root as default
};
