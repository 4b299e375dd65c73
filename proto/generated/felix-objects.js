/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = null;
$protobuf.configure();

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["cextfire-felix-objects"] || ($protobuf.roots["cextfire-felix-objects"] = {});

export const felix = $root.felix = (() => {

    const felix = {};

    felix.IPSetUpdate = (function() {

        const IPSetUpdate = function (properties) {
            this.members = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        IPSetUpdate.prototype.id = "";
        IPSetUpdate.prototype.members = $util.emptyArray;
        IPSetUpdate.prototype.type = 0;

        IPSetUpdate.create = function(properties) {
            return new IPSetUpdate(properties);
        };

        IPSetUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                writer.uint32(10).string(message.id);
            if (message.members != null && message.members.length)
                for (let i = 0; i < message.members.length; ++i)
                    writer.uint32(18).string(message.members[i]);
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(24).int32(message.type);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        IPSetUpdate.IPSetType = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "IP"] = 0;
            values[valuesById[1] = "IP_AND_PORT"] = 1;
            values[valuesById[2] = "NET"] = 2;
            return values;
        })();

        return IPSetUpdate;
    })();

    felix.PolicyID = (function() {

        const PolicyID = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        PolicyID.prototype.tier = "";
        PolicyID.prototype.name = "";
        PolicyID.prototype.namespace = "";
        PolicyID.prototype.kind = "";

        PolicyID.create = function(properties) {
            return new PolicyID(properties);
        };

        PolicyID.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.tier != null && $Object.hasOwnProperty.call(message, "tier") && message.tier !== "")
                writer.uint32(10).string(message.tier);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(18).string(message.name);
            if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                writer.uint32(26).string(message.namespace);
            if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                writer.uint32(34).string(message.kind);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const Policy = function (properties) {
            this.inboundRules = [];
            this.outboundRules = [];
            this.perfHints = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Policy.prototype.inboundRules = $util.emptyArray;
        Policy.prototype.outboundRules = $util.emptyArray;
        Policy.prototype.untracked = false;
        Policy.prototype.preDnat = false;
        Policy.prototype.namespace = "";
        Policy.prototype.originalSelector = "";
        Policy.prototype.perfHints = $util.emptyArray;
        Policy.prototype.tier = "";

        Policy.create = function(properties) {
            return new Policy(properties);
        };

        Policy.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.inboundRules != null && message.inboundRules.length)
                for (let i = 0; i < message.inboundRules.length; ++i)
                    $root.felix.Rule.encode(message.inboundRules[i], writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.outboundRules != null && message.outboundRules.length)
                for (let i = 0; i < message.outboundRules.length; ++i)
                    $root.felix.Rule.encode(message.outboundRules[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.untracked != null && $Object.hasOwnProperty.call(message, "untracked") && message.untracked !== false)
                writer.uint32(24).bool(message.untracked);
            if (message.preDnat != null && $Object.hasOwnProperty.call(message, "preDnat") && message.preDnat !== false)
                writer.uint32(32).bool(message.preDnat);
            if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                writer.uint32(42).string(message.namespace);
            if (message.originalSelector != null && $Object.hasOwnProperty.call(message, "originalSelector") && message.originalSelector !== "")
                writer.uint32(50).string(message.originalSelector);
            if (message.perfHints != null && message.perfHints.length)
                for (let i = 0; i < message.perfHints.length; ++i)
                    writer.uint32(58).string(message.perfHints[i]);
            if (message.tier != null && $Object.hasOwnProperty.call(message, "tier") && message.tier !== "")
                writer.uint32(66).string(message.tier);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const ActivePolicyUpdate = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ActivePolicyUpdate.prototype.id = null;
        ActivePolicyUpdate.prototype.policy = null;

        ActivePolicyUpdate.create = function(properties) {
            return new ActivePolicyUpdate(properties);
        };

        ActivePolicyUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                $root.felix.PolicyID.encode(message.id, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                $root.felix.Policy.encode(message.policy, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

    felix.IPVersion = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[0] = "ANY"] = 0;
        values[valuesById[4] = "IPV4"] = 4;
        values[valuesById[6] = "IPV6"] = 6;
        return values;
    })();

    felix.Protocol = (function() {

        const Protocol = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        Protocol.prototype.number = null;
        Protocol.prototype.name = null;

        let $oneOfFields;

        $Object.defineProperty(Protocol.prototype, "numberOrName", {
            get: $util.oneOfGetter($oneOfFields = ["number", "name"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Protocol.create = function(properties) {
            return new Protocol(properties);
        };

        Protocol.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.number != null && $Object.hasOwnProperty.call(message, "number"))
                writer.uint32(8).int32(message.number);
            if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                writer.uint32(18).string(message.name);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const PortRange = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        PortRange.prototype.first = 0;
        PortRange.prototype.last = 0;

        PortRange.create = function(properties) {
            return new PortRange(properties);
        };

        PortRange.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.first != null && $Object.hasOwnProperty.call(message, "first") && message.first !== 0)
                writer.uint32(8).int32(message.first);
            if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== 0)
                writer.uint32(16).int32(message.last);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const IcmpTypeAndCode = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        IcmpTypeAndCode.prototype.type = 0;
        IcmpTypeAndCode.prototype.code = 0;

        IcmpTypeAndCode.create = function(properties) {
            return new IcmpTypeAndCode(properties);
        };

        IcmpTypeAndCode.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                writer.uint32(8).int32(message.type);
            if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                writer.uint32(16).int32(message.code);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const ServiceAccountMatch = function (properties) {
            this.names = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ServiceAccountMatch.prototype.selector = "";
        ServiceAccountMatch.prototype.names = $util.emptyArray;

        ServiceAccountMatch.create = function(properties) {
            return new ServiceAccountMatch(properties);
        };

        ServiceAccountMatch.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.selector != null && $Object.hasOwnProperty.call(message, "selector") && message.selector !== "")
                writer.uint32(10).string(message.selector);
            if (message.names != null && message.names.length)
                for (let i = 0; i < message.names.length; ++i)
                    writer.uint32(18).string(message.names[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const HTTPMatch = function (properties) {
            this.methods = [];
            this.paths = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        HTTPMatch.prototype.methods = $util.emptyArray;
        HTTPMatch.prototype.paths = $util.emptyArray;

        HTTPMatch.create = function(properties) {
            return new HTTPMatch(properties);
        };

        HTTPMatch.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.methods != null && message.methods.length)
                for (let i = 0; i < message.methods.length; ++i)
                    writer.uint32(10).string(message.methods[i]);
            if (message.paths != null && message.paths.length)
                for (let i = 0; i < message.paths.length; ++i)
                    $root.felix.HTTPMatch.PathMatch.encode(message.paths[i], writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

            const PathMatch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            PathMatch.prototype.exact = null;
            PathMatch.prototype.prefix = null;

            let $oneOfFields;

            $Object.defineProperty(PathMatch.prototype, "pathMatch", {
                get: $util.oneOfGetter($oneOfFields = ["exact", "prefix"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            PathMatch.create = function(properties) {
                return new PathMatch(properties);
            };

            PathMatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.exact != null && $Object.hasOwnProperty.call(message, "exact"))
                    writer.uint32(10).string(message.exact);
                if (message.prefix != null && $Object.hasOwnProperty.call(message, "prefix"))
                    writer.uint32(18).string(message.prefix);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

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

        const RuleMetadata = function (properties) {
            this.annotations = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        RuleMetadata.prototype.annotations = $util.emptyObject;

        RuleMetadata.create = function(properties) {
            return new RuleMetadata(properties);
        };

        RuleMetadata.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.annotations != null && $Object.hasOwnProperty.call(message, "annotations"))
                for (let keys = $Object.keys(message.annotations), i = 0; i < keys.length; ++i)
                    writer.uint32(10).fork().uint32(10).string(keys[i]).uint32(18).string(message.annotations[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        Rule.prototype.action = "";
        Rule.prototype.ipVersion = 0;
        Rule.prototype.protocol = null;
        Rule.prototype.srcNet = $util.emptyArray;
        Rule.prototype.srcPorts = $util.emptyArray;
        Rule.prototype.dstNet = $util.emptyArray;
        Rule.prototype.dstPorts = $util.emptyArray;
        Rule.prototype.icmpType = null;
        Rule.prototype.icmpTypeCode = null;
        Rule.prototype.srcIpSetIds = $util.emptyArray;
        Rule.prototype.dstIpSetIds = $util.emptyArray;
        Rule.prototype.srcNamedPortIpSetIds = $util.emptyArray;
        Rule.prototype.dstNamedPortIpSetIds = $util.emptyArray;
        Rule.prototype.dstIpPortSetIds = $util.emptyArray;
        Rule.prototype.notProtocol = null;
        Rule.prototype.notSrcNet = $util.emptyArray;
        Rule.prototype.notSrcPorts = $util.emptyArray;
        Rule.prototype.notDstNet = $util.emptyArray;
        Rule.prototype.notDstPorts = $util.emptyArray;
        Rule.prototype.notIcmpType = null;
        Rule.prototype.notIcmpTypeCode = null;
        Rule.prototype.notSrcIpSetIds = $util.emptyArray;
        Rule.prototype.notDstIpSetIds = $util.emptyArray;
        Rule.prototype.notSrcNamedPortIpSetIds = $util.emptyArray;
        Rule.prototype.notDstNamedPortIpSetIds = $util.emptyArray;
        Rule.prototype.originalSrcSelector = "";
        Rule.prototype.originalDstSelector = "";
        Rule.prototype.originalSrcNamespaceSelector = "";
        Rule.prototype.originalDstNamespaceSelector = "";
        Rule.prototype.originalNotSrcSelector = "";
        Rule.prototype.originalNotDstSelector = "";
        Rule.prototype.srcServiceAccountMatch = null;
        Rule.prototype.dstServiceAccountMatch = null;
        Rule.prototype.httpMatch = null;
        Rule.prototype.metadata = null;
        Rule.prototype.originalDstService = "";
        Rule.prototype.originalDstServiceNamespace = "";
        Rule.prototype.originalSrcService = "";
        Rule.prototype.originalSrcServiceNamespace = "";
        Rule.prototype.ruleId = "";

        let $oneOfFields;

        $Object.defineProperty(Rule.prototype, "icmp", {
            get: $util.oneOfGetter($oneOfFields = ["icmpType", "icmpTypeCode"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        $Object.defineProperty(Rule.prototype, "notIcmp", {
            get: $util.oneOfGetter($oneOfFields = ["notIcmpType", "notIcmpTypeCode"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        Rule.create = function(properties) {
            return new Rule(properties);
        };

        Rule.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== "")
                writer.uint32(10).string(message.action);
            if (message.ipVersion != null && $Object.hasOwnProperty.call(message, "ipVersion") && message.ipVersion !== 0)
                writer.uint32(16).int32(message.ipVersion);
            if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol"))
                $root.felix.Protocol.encode(message.protocol, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.srcNet != null && message.srcNet.length)
                for (let i = 0; i < message.srcNet.length; ++i)
                    writer.uint32(34).string(message.srcNet[i]);
            if (message.srcPorts != null && message.srcPorts.length)
                for (let i = 0; i < message.srcPorts.length; ++i)
                    $root.felix.PortRange.encode(message.srcPorts[i], writer.uint32(42).fork(), _depth + 1).ldelim();
            if (message.dstNet != null && message.dstNet.length)
                for (let i = 0; i < message.dstNet.length; ++i)
                    writer.uint32(50).string(message.dstNet[i]);
            if (message.dstPorts != null && message.dstPorts.length)
                for (let i = 0; i < message.dstPorts.length; ++i)
                    $root.felix.PortRange.encode(message.dstPorts[i], writer.uint32(58).fork(), _depth + 1).ldelim();
            if (message.icmpType != null && $Object.hasOwnProperty.call(message, "icmpType"))
                writer.uint32(64).int32(message.icmpType);
            if (message.icmpTypeCode != null && $Object.hasOwnProperty.call(message, "icmpTypeCode"))
                $root.felix.IcmpTypeAndCode.encode(message.icmpTypeCode, writer.uint32(74).fork(), _depth + 1).ldelim();
            if (message.srcIpSetIds != null && message.srcIpSetIds.length)
                for (let i = 0; i < message.srcIpSetIds.length; ++i)
                    writer.uint32(82).string(message.srcIpSetIds[i]);
            if (message.dstIpSetIds != null && message.dstIpSetIds.length)
                for (let i = 0; i < message.dstIpSetIds.length; ++i)
                    writer.uint32(90).string(message.dstIpSetIds[i]);
            if (message.srcNamedPortIpSetIds != null && message.srcNamedPortIpSetIds.length)
                for (let i = 0; i < message.srcNamedPortIpSetIds.length; ++i)
                    writer.uint32(98).string(message.srcNamedPortIpSetIds[i]);
            if (message.dstNamedPortIpSetIds != null && message.dstNamedPortIpSetIds.length)
                for (let i = 0; i < message.dstNamedPortIpSetIds.length; ++i)
                    writer.uint32(106).string(message.dstNamedPortIpSetIds[i]);
            if (message.dstIpPortSetIds != null && message.dstIpPortSetIds.length)
                for (let i = 0; i < message.dstIpPortSetIds.length; ++i)
                    writer.uint32(122).string(message.dstIpPortSetIds[i]);
            if (message.notProtocol != null && $Object.hasOwnProperty.call(message, "notProtocol"))
                $root.felix.Protocol.encode(message.notProtocol, writer.uint32(818).fork(), _depth + 1).ldelim();
            if (message.notSrcNet != null && message.notSrcNet.length)
                for (let i = 0; i < message.notSrcNet.length; ++i)
                    writer.uint32(826).string(message.notSrcNet[i]);
            if (message.notSrcPorts != null && message.notSrcPorts.length)
                for (let i = 0; i < message.notSrcPorts.length; ++i)
                    $root.felix.PortRange.encode(message.notSrcPorts[i], writer.uint32(834).fork(), _depth + 1).ldelim();
            if (message.notDstNet != null && message.notDstNet.length)
                for (let i = 0; i < message.notDstNet.length; ++i)
                    writer.uint32(842).string(message.notDstNet[i]);
            if (message.notDstPorts != null && message.notDstPorts.length)
                for (let i = 0; i < message.notDstPorts.length; ++i)
                    $root.felix.PortRange.encode(message.notDstPorts[i], writer.uint32(850).fork(), _depth + 1).ldelim();
            if (message.notIcmpType != null && $Object.hasOwnProperty.call(message, "notIcmpType"))
                writer.uint32(856).int32(message.notIcmpType);
            if (message.notIcmpTypeCode != null && $Object.hasOwnProperty.call(message, "notIcmpTypeCode"))
                $root.felix.IcmpTypeAndCode.encode(message.notIcmpTypeCode, writer.uint32(866).fork(), _depth + 1).ldelim();
            if (message.notSrcIpSetIds != null && message.notSrcIpSetIds.length)
                for (let i = 0; i < message.notSrcIpSetIds.length; ++i)
                    writer.uint32(874).string(message.notSrcIpSetIds[i]);
            if (message.notDstIpSetIds != null && message.notDstIpSetIds.length)
                for (let i = 0; i < message.notDstIpSetIds.length; ++i)
                    writer.uint32(882).string(message.notDstIpSetIds[i]);
            if (message.notSrcNamedPortIpSetIds != null && message.notSrcNamedPortIpSetIds.length)
                for (let i = 0; i < message.notSrcNamedPortIpSetIds.length; ++i)
                    writer.uint32(898).string(message.notSrcNamedPortIpSetIds[i]);
            if (message.notDstNamedPortIpSetIds != null && message.notDstNamedPortIpSetIds.length)
                for (let i = 0; i < message.notDstNamedPortIpSetIds.length; ++i)
                    writer.uint32(906).string(message.notDstNamedPortIpSetIds[i]);
            if (message.originalSrcSelector != null && $Object.hasOwnProperty.call(message, "originalSrcSelector") && message.originalSrcSelector !== "")
                writer.uint32(914).string(message.originalSrcSelector);
            if (message.originalDstSelector != null && $Object.hasOwnProperty.call(message, "originalDstSelector") && message.originalDstSelector !== "")
                writer.uint32(922).string(message.originalDstSelector);
            if (message.originalSrcNamespaceSelector != null && $Object.hasOwnProperty.call(message, "originalSrcNamespaceSelector") && message.originalSrcNamespaceSelector !== "")
                writer.uint32(930).string(message.originalSrcNamespaceSelector);
            if (message.originalDstNamespaceSelector != null && $Object.hasOwnProperty.call(message, "originalDstNamespaceSelector") && message.originalDstNamespaceSelector !== "")
                writer.uint32(938).string(message.originalDstNamespaceSelector);
            if (message.originalNotSrcSelector != null && $Object.hasOwnProperty.call(message, "originalNotSrcSelector") && message.originalNotSrcSelector !== "")
                writer.uint32(946).string(message.originalNotSrcSelector);
            if (message.originalNotDstSelector != null && $Object.hasOwnProperty.call(message, "originalNotDstSelector") && message.originalNotDstSelector !== "")
                writer.uint32(954).string(message.originalNotDstSelector);
            if (message.srcServiceAccountMatch != null && $Object.hasOwnProperty.call(message, "srcServiceAccountMatch"))
                $root.felix.ServiceAccountMatch.encode(message.srcServiceAccountMatch, writer.uint32(962).fork(), _depth + 1).ldelim();
            if (message.dstServiceAccountMatch != null && $Object.hasOwnProperty.call(message, "dstServiceAccountMatch"))
                $root.felix.ServiceAccountMatch.encode(message.dstServiceAccountMatch, writer.uint32(970).fork(), _depth + 1).ldelim();
            if (message.httpMatch != null && $Object.hasOwnProperty.call(message, "httpMatch"))
                $root.felix.HTTPMatch.encode(message.httpMatch, writer.uint32(978).fork(), _depth + 1).ldelim();
            if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                $root.felix.RuleMetadata.encode(message.metadata, writer.uint32(986).fork(), _depth + 1).ldelim();
            if (message.originalDstService != null && $Object.hasOwnProperty.call(message, "originalDstService") && message.originalDstService !== "")
                writer.uint32(1042).string(message.originalDstService);
            if (message.originalDstServiceNamespace != null && $Object.hasOwnProperty.call(message, "originalDstServiceNamespace") && message.originalDstServiceNamespace !== "")
                writer.uint32(1050).string(message.originalDstServiceNamespace);
            if (message.originalSrcService != null && $Object.hasOwnProperty.call(message, "originalSrcService") && message.originalSrcService !== "")
                writer.uint32(1058).string(message.originalSrcService);
            if (message.originalSrcServiceNamespace != null && $Object.hasOwnProperty.call(message, "originalSrcServiceNamespace") && message.originalSrcServiceNamespace !== "")
                writer.uint32(1066).string(message.originalSrcServiceNamespace);
            if (message.ruleId != null && $Object.hasOwnProperty.call(message, "ruleId") && message.ruleId !== "")
                writer.uint32(1610).string(message.ruleId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const HostEndpointID = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        HostEndpointID.prototype.endpointId = "";

        HostEndpointID.create = function(properties) {
            return new HostEndpointID(properties);
        };

        HostEndpointID.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.endpointId != null && $Object.hasOwnProperty.call(message, "endpointId") && message.endpointId !== "")
                writer.uint32(18).string(message.endpointId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const TierInfo = function (properties) {
            this.ingressPolicies = [];
            this.egressPolicies = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        TierInfo.prototype.name = "";
        TierInfo.prototype.ingressPolicies = $util.emptyArray;
        TierInfo.prototype.egressPolicies = $util.emptyArray;
        TierInfo.prototype.defaultAction = "";

        TierInfo.create = function(properties) {
            return new TierInfo(properties);
        };

        TierInfo.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.ingressPolicies != null && message.ingressPolicies.length)
                for (let i = 0; i < message.ingressPolicies.length; ++i)
                    writer.uint32(18).bytes(message.ingressPolicies[i]);
            if (message.egressPolicies != null && message.egressPolicies.length)
                for (let i = 0; i < message.egressPolicies.length; ++i)
                    writer.uint32(26).bytes(message.egressPolicies[i]);
            if (message.defaultAction != null && $Object.hasOwnProperty.call(message, "defaultAction") && message.defaultAction !== "")
                writer.uint32(34).string(message.defaultAction);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        HostEndpoint.prototype.name = "";
        HostEndpoint.prototype.profileIds = $util.emptyArray;
        HostEndpoint.prototype.tiers = $util.emptyArray;
        HostEndpoint.prototype.expectedIpv4Addrs = $util.emptyArray;
        HostEndpoint.prototype.expectedIpv6Addrs = $util.emptyArray;
        HostEndpoint.prototype.untrackedTiers = $util.emptyArray;
        HostEndpoint.prototype.preDnatTiers = $util.emptyArray;
        HostEndpoint.prototype.forwardTiers = $util.emptyArray;

        HostEndpoint.create = function(properties) {
            return new HostEndpoint(properties);
        };

        HostEndpoint.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.profileIds != null && message.profileIds.length)
                for (let i = 0; i < message.profileIds.length; ++i)
                    writer.uint32(18).string(message.profileIds[i]);
            if (message.tiers != null && message.tiers.length)
                for (let i = 0; i < message.tiers.length; ++i)
                    $root.felix.TierInfo.encode(message.tiers[i], writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.expectedIpv4Addrs != null && message.expectedIpv4Addrs.length)
                for (let i = 0; i < message.expectedIpv4Addrs.length; ++i)
                    writer.uint32(34).string(message.expectedIpv4Addrs[i]);
            if (message.expectedIpv6Addrs != null && message.expectedIpv6Addrs.length)
                for (let i = 0; i < message.expectedIpv6Addrs.length; ++i)
                    writer.uint32(42).string(message.expectedIpv6Addrs[i]);
            if (message.untrackedTiers != null && message.untrackedTiers.length)
                for (let i = 0; i < message.untrackedTiers.length; ++i)
                    $root.felix.TierInfo.encode(message.untrackedTiers[i], writer.uint32(50).fork(), _depth + 1).ldelim();
            if (message.preDnatTiers != null && message.preDnatTiers.length)
                for (let i = 0; i < message.preDnatTiers.length; ++i)
                    $root.felix.TierInfo.encode(message.preDnatTiers[i], writer.uint32(58).fork(), _depth + 1).ldelim();
            if (message.forwardTiers != null && message.forwardTiers.length)
                for (let i = 0; i < message.forwardTiers.length; ++i)
                    $root.felix.TierInfo.encode(message.forwardTiers[i], writer.uint32(66).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const HostEndpointUpdate = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        HostEndpointUpdate.prototype.id = null;
        HostEndpointUpdate.prototype.endpoint = null;

        HostEndpointUpdate.create = function(properties) {
            return new HostEndpointUpdate(properties);
        };

        HostEndpointUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                $root.felix.HostEndpointID.encode(message.id, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.endpoint != null && $Object.hasOwnProperty.call(message, "endpoint"))
                $root.felix.HostEndpoint.encode(message.endpoint, writer.uint32(26).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

    felix.HostMetadataUpdate = (function() {

        const HostMetadataUpdate = function (properties) {
            this.labels = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        HostMetadataUpdate.prototype.hostname = "";
        HostMetadataUpdate.prototype.ipv4Addr = "";
        HostMetadataUpdate.prototype.ipv6Addr = "";
        HostMetadataUpdate.prototype.asnumber = "";
        HostMetadataUpdate.prototype.labels = $util.emptyObject;

        HostMetadataUpdate.create = function(properties) {
            return new HostMetadataUpdate(properties);
        };

        HostMetadataUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                writer.uint32(10).string(message.hostname);
            if (message.ipv4Addr != null && $Object.hasOwnProperty.call(message, "ipv4Addr") && message.ipv4Addr !== "")
                writer.uint32(18).string(message.ipv4Addr);
            if (message.ipv6Addr != null && $Object.hasOwnProperty.call(message, "ipv6Addr") && message.ipv6Addr !== "")
                writer.uint32(26).string(message.ipv6Addr);
            if (message.asnumber != null && $Object.hasOwnProperty.call(message, "asnumber") && message.asnumber !== "")
                writer.uint32(34).string(message.asnumber);
            if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                    writer.uint32(42).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

    felix.HostMetadataV6Update = (function() {

        const HostMetadataV6Update = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        HostMetadataV6Update.prototype.hostname = "";
        HostMetadataV6Update.prototype.ipv6Addr = "";

        HostMetadataV6Update.create = function(properties) {
            return new HostMetadataV6Update(properties);
        };

        HostMetadataV6Update.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                writer.uint32(10).string(message.hostname);
            if (message.ipv6Addr != null && $Object.hasOwnProperty.call(message, "ipv6Addr") && message.ipv6Addr !== "")
                writer.uint32(18).string(message.ipv6Addr);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const HostMetadataV4V6Update = function (properties) {
            this.labels = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        HostMetadataV4V6Update.prototype.hostname = "";
        HostMetadataV4V6Update.prototype.ipv4Addr = "";
        HostMetadataV4V6Update.prototype.ipv6Addr = "";
        HostMetadataV4V6Update.prototype.asnumber = "";
        HostMetadataV4V6Update.prototype.labels = $util.emptyObject;

        HostMetadataV4V6Update.create = function(properties) {
            return new HostMetadataV4V6Update(properties);
        };

        HostMetadataV4V6Update.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                writer.uint32(10).string(message.hostname);
            if (message.ipv4Addr != null && $Object.hasOwnProperty.call(message, "ipv4Addr") && message.ipv4Addr !== "")
                writer.uint32(18).string(message.ipv4Addr);
            if (message.ipv6Addr != null && $Object.hasOwnProperty.call(message, "ipv6Addr") && message.ipv6Addr !== "")
                writer.uint32(26).string(message.ipv6Addr);
            if (message.asnumber != null && $Object.hasOwnProperty.call(message, "asnumber") && message.asnumber !== "")
                writer.uint32(34).string(message.asnumber);
            if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                    writer.uint32(42).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const IPAMPool = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        IPAMPool.prototype.cidr = "";
        IPAMPool.prototype.masquerade = false;

        IPAMPool.create = function(properties) {
            return new IPAMPool(properties);
        };

        IPAMPool.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.cidr != null && $Object.hasOwnProperty.call(message, "cidr") && message.cidr !== "")
                writer.uint32(10).string(message.cidr);
            if (message.masquerade != null && $Object.hasOwnProperty.call(message, "masquerade") && message.masquerade !== false)
                writer.uint32(16).bool(message.masquerade);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const IPAMPoolUpdate = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        IPAMPoolUpdate.prototype.id = "";
        IPAMPoolUpdate.prototype.pool = null;

        IPAMPoolUpdate.create = function(properties) {
            return new IPAMPoolUpdate(properties);
        };

        IPAMPoolUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                writer.uint32(10).string(message.id);
            if (message.pool != null && $Object.hasOwnProperty.call(message, "pool"))
                $root.felix.IPAMPool.encode(message.pool, writer.uint32(18).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

    felix.NamespaceID = (function() {

        const NamespaceID = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        NamespaceID.prototype.name = "";

        NamespaceID.create = function(properties) {
            return new NamespaceID(properties);
        };

        NamespaceID.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        const NamespaceUpdate = function (properties) {
            this.labels = {};
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        NamespaceUpdate.prototype.id = null;
        NamespaceUpdate.prototype.labels = $util.emptyObject;

        NamespaceUpdate.create = function(properties) {
            return new NamespaceUpdate(properties);
        };

        NamespaceUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                $root.felix.NamespaceID.encode(message.id, writer.uint32(10).fork(), _depth + 1).ldelim();
            if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                    writer.uint32(18).fork().uint32(10).string(keys[i]).uint32(18).string(message.labels[keys[i]]).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

    felix.ServicePort = (function() {

        const ServicePort = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        ServicePort.prototype.protocol = "";
        ServicePort.prototype.port = 0;
        ServicePort.prototype.nodePort = 0;

        ServicePort.create = function(properties) {
            return new ServicePort(properties);
        };

        ServicePort.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                writer.uint32(10).string(message.protocol);
            if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                writer.uint32(16).int32(message.port);
            if (message.nodePort != null && $Object.hasOwnProperty.call(message, "nodePort") && message.nodePort !== 0)
                writer.uint32(24).int32(message.nodePort);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

        ServiceUpdate.prototype.name = "";
        ServiceUpdate.prototype.namespace = "";
        ServiceUpdate.prototype.type = "";
        ServiceUpdate.prototype.clusterIps = $util.emptyArray;
        ServiceUpdate.prototype.loadbalancerIp = "";
        ServiceUpdate.prototype.externalIps = $util.emptyArray;
        ServiceUpdate.prototype.ports = $util.emptyArray;
        ServiceUpdate.prototype.loadbalancerIngressIps = $util.emptyArray;

        ServiceUpdate.create = function(properties) {
            return new ServiceUpdate(properties);
        };

        ServiceUpdate.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                writer.uint32(10).string(message.name);
            if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                writer.uint32(18).string(message.namespace);
            if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                writer.uint32(26).string(message.type);
            if (message.clusterIps != null && message.clusterIps.length)
                for (let i = 0; i < message.clusterIps.length; ++i)
                    writer.uint32(34).string(message.clusterIps[i]);
            if (message.loadbalancerIp != null && $Object.hasOwnProperty.call(message, "loadbalancerIp") && message.loadbalancerIp !== "")
                writer.uint32(42).string(message.loadbalancerIp);
            if (message.externalIps != null && message.externalIps.length)
                for (let i = 0; i < message.externalIps.length; ++i)
                    writer.uint32(50).string(message.externalIps[i]);
            if (message.ports != null && message.ports.length)
                for (let i = 0; i < message.ports.length; ++i)
                    $root.felix.ServicePort.encode(message.ports[i], writer.uint32(58).fork(), _depth + 1).ldelim();
            if (message.loadbalancerIngressIps != null && message.loadbalancerIngressIps.length)
                for (let i = 0; i < message.loadbalancerIngressIps.length; ++i)
                    writer.uint32(66).string(message.loadbalancerIngressIps[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

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

    return felix;
})();

export {
  $root as default
};
