using System.Collections.Concurrent;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The messages a node understands. Handlers are fixed when the node starts; decoders of answers join as they are asked
/// for.
/// </summary>
internal sealed class MessageCatalog
{
    // Service 0 is the library's own.
    internal const ushort FirstApplicationType = 0x100;

    private readonly ConcurrentDictionary<ushort, MessageDecoder> _decoders = new();
    private readonly ConcurrentDictionary<Type, MessageDecoder> _types = new();
    private readonly bool[] _services = new bool[256];

    public Dictionary<ushort, MessageHandler<RequestContext, IMessage>> Requests { get; } = [];

    public Dictionary<ushort, MessageHandler<NotifyContext, bool>> Notifies { get; } = [];

    /// <summary>Notifies that are taken in place; none of these types is among <see cref="Notifies"/>.</summary>
    public Dictionary<ushort, RawNotifyHandler> RawNotifies { get; } = [];

    public Dictionary<ushort, MessageHandler<BroadcastContext, Verdict>> Broadcasts { get; } = [];

    public List<ServiceName> ServiceNames { get; } = [];

    /// <summary>The actors that messages are routed to.</summary>
    public List<RouteTarget> Routes { get; } = [];

    /// <summary>Whether any handler is registered for the service that the type belongs to.</summary>
    public bool HasService(ushort type) => _services[type >> 8];

    public MessageDecoder? Find(ushort type) => _decoders.GetValueOrDefault(type);

    /// <summary>Makes a message type known.</summary>
    /// <exception cref="InvalidOperationException">
    /// Another message has the same code, or the code is the library's.
    /// </exception>
    public MessageDecoder Know<T>()
        where T : class, IMessage<T>
    {
        MessageDecoder own = MessageDecoder<T>.Instance;

        // Each ask comes here, and all but the first find it known.
        return _decoders.TryGetValue(T.TypeCode, out MessageDecoder? known) && known == own ? own : Know(typeof(T), own);
    }

    /// <summary>Makes a type of plain objects known, which a codec writes and reads.</summary>
    /// <exception cref="InvalidOperationException">
    /// Another message has the same code, or the type has another codec.
    /// </exception>
    public void Know<T>(MessageCodec<T> codec)
        where T : class => Know(typeof(T), new CodecDecoder<T>(codec));

    /// <summary>How a type is read that was made known before.</summary>
    /// <exception cref="InvalidOperationException">It was not.</exception>
    public MessageDecoder DecoderOf<T>()
        where T : class => _types.TryGetValue(typeof(T), out MessageDecoder? known) ? known : throw new InvalidOperationException(
            $"{typeof(T).Name} is no message of this node. Implement IMessage, or register it first, with UseJson for instance.");

    /// <summary>An object as a message; null when its type is none.</summary>
    public IMessage? MessageOf(object message)
    {
        if (message is IMessage own)
        {
            return own;
        }

        // A derived type is written as the type that was registered.
        for (Type? type = message.GetType(); type is not null; type = type.BaseType)
        {
            if (_types.TryGetValue(type, out MessageDecoder? known))
            {
                return known.MessageOf(message);
            }
        }

        return null;
    }

    private MessageDecoder Know(Type type, MessageDecoder decoder)
    {
        RequireApplicationType(decoder.Type, type.Name);
        if (_decoders.GetOrAdd(decoder.Type, decoder) != decoder)
        {
            throw new InvalidOperationException(
                $"{type.Name} has the type code {decoder.Type:x4}, which belongs to another message already.");
        }

        return _types.GetOrAdd(type, decoder) == decoder ? decoder : throw new InvalidOperationException(
            $"{type.Name} has a codec already.");
    }

    /// <summary>Refuses the library's own types.</summary>
    /// <exception cref="InvalidOperationException">The code is one of them.</exception>
    public static void RequireApplicationType(ushort type, string name)
    {
        if (type < FirstApplicationType)
        {
            throw new InvalidOperationException($"{name} has the type code {type:x4}; codes below 0100 are the library's.");
        }
    }

    public void Serve(ushort type) => _services[type >> 8] = true;

    /// <summary>Names a service.</summary>
    /// <exception cref="InvalidOperationException">
    /// The code or the name is taken, or the code is the library's.
    /// </exception>
    public void Name(ServiceName service)
    {
        HelloText.Require(service.Name, 1, HelloCodec.MaxServiceName, "name");
        if (service.Code == 0 || ServiceNames.Exists(other => other.Code == service.Code || other.Name == service.Name))
        {
            throw new InvalidOperationException($"The service {service.Name} ({service.Code:x2}): its code or its name is taken.");
        }

        ServiceNames.Add(service);
    }
}
