using System.Collections.Concurrent;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The messages that a node understands. Handlers are fixed when the node starts; decoders of answers are added when
/// the first ask needs them.
/// </summary>
internal sealed class MessageCatalog
{
    // Service 0 is the library's own.
    internal const ushort FirstApplicationType = 0x100;

    private readonly ConcurrentDictionary<ushort, MessageDecoder> _decoders;
    private readonly ConcurrentDictionary<Type, MessageDecoder> _types;
    private readonly bool[] _services = new bool[256];

    public MessageCatalog()
    {
        (_decoders, _types) = (new(), new());
        LoginService.Register(this);
    }

    /// <summary>Makes a catalog with the message types of a node and without handlers.</summary>
    public MessageCatalog(MessageCatalog node) => (_decoders, _types) = (node._decoders, node._types);

    public Dictionary<ushort, MessageHandler<RequestContext, IMessage>> Requests { get; } = [];

    public Dictionary<ushort, MessageHandler<NotifyContext, bool>> Notifies { get; } = [];

    /// <summary>
    /// Notifies whose bytes are handled in place. None of these types is among <see cref="Notifies"/>.
    /// </summary>
    public Dictionary<ushort, RawNotifyHandler> RawNotifies { get; } = [];

    public Dictionary<ushort, MessageHandler<BroadcastContext, Verdict>> Broadcasts { get; } = [];

    public Dictionary<ushort, StreamHandler> Streams { get; } = [];

    public List<ServiceName> ServiceNames { get; } = [];

    /// <summary>Which peers may use each service, by the service's code.</summary>
    public ServiceAccess[] Access { get; } = new ServiceAccess[256];

    /// <summary>What the program has registered to admit peers.</summary>
    public AdmissionCallbacks Admissions { get; } = new();

    /// <summary>The actors that messages are routed to.</summary>
    public List<RouteTarget> Routes { get; } = [];

    /// <summary>Whether any handler is registered for the service that the type belongs to.</summary>
    public bool HasService(ushort type) => _services[type >> 8];

    public MessageDecoder? Find(ushort type) => _decoders.GetValueOrDefault(type);

    /// <summary>Registers a message type.</summary>
    /// <exception cref="InvalidOperationException">
    /// Another message has the same code, or the code is reserved for the library.
    /// </exception>
    public MessageDecoder Know<T>()
        where T : class, IMessage<T>
    {
        MessageDecoder own = MessageDecoder<T>.Instance;

        // Every ask calls this, and all but the first find the type registered.
        return _decoders.TryGetValue(T.TypeCode, out MessageDecoder? known) && known == own
            ? own
            : Know(typeof(T), own);
    }

    /// <summary>Registers a type of plain objects with the codec that writes and reads them.</summary>
    /// <exception cref="InvalidOperationException">
    /// Another message has the same code, or the type has another codec.
    /// </exception>
    public void Know<T>(MessageCodec<T> codec)
        where T : class => Know(typeof(T), new CodecDecoder<T>(codec));

    /// <summary>The decoder of a registered type.</summary>
    /// <exception cref="InvalidOperationException">The type is not registered.</exception>
    public MessageDecoder DecoderOf<T>()
        where T : class => _types.TryGetValue(typeof(T), out MessageDecoder? known)
            ? known
            : throw new InvalidOperationException(
            $"{typeof(T).Name} is not a message of this node. Implement IMessage, or register the type first, "
            + "for instance with UseJson.");

    /// <summary>Converts an object to a message; null when its type is not registered.</summary>
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

    /// <summary>Registers a message of the library's own service.</summary>
    public void KnowSystem(MessageDecoder decoder) => _decoders[decoder.Type] = decoder;

    /// <summary>Registers a request of the library's own service with its handler.</summary>
    public void Serve(
        MessageDecoder decoder, HandlerMode mode, Func<object, RequestContext, ValueTask<IMessage>> handler)
    {
        KnowSystem(decoder);
        Requests.Add(decoder.Type, new MessageHandler<RequestContext, IMessage>(decoder, handler, mode));
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

    /// <summary>Refuses the type codes that are reserved for the library.</summary>
    /// <exception cref="InvalidOperationException">The code is reserved.</exception>
    public static void RequireApplicationType(ushort type, string name)
    {
        if (type < FirstApplicationType)
        {
            throw new InvalidOperationException(
                $"{name} has the type code {type:x4}; codes below 0100 are reserved for the library.");
        }
    }

    /// <summary>The types of broadcasts that a node wants.</summary>
    public BroadcastTypes Wanted(BroadcastChoice choice) => choice switch
    {
        BroadcastChoice.All => BroadcastTypes.All,
        BroadcastChoice.None => BroadcastTypes.None,
        _ => BroadcastTypes.Of(Broadcasts.Keys),
    };

    public void Serve(ushort type) => _services[type >> 8] = true;

    /// <summary>The name of a service; empty when it has none.</summary>
    public string NameOf(byte code) => ServiceNames.Find(service => service.Code == code).Name ?? "";

    /// <summary>Names a service.</summary>
    /// <exception cref="InvalidOperationException">
    /// The code or the name is taken, or the code is reserved for the library.
    /// </exception>
    public void Name(ServiceName service, ServiceAccess access = ServiceAccess.Open)
    {
        HelloText.Require(service.Name, 1, HelloCodec.MaxServiceName, "name");
        if (service.Code == 0 || ServiceNames.Exists(other => other.Code == service.Code || other.Name == service.Name))
        {
            throw new InvalidOperationException(
                $"The service {service.Name} ({service.Code:x2}): its code or its name is taken.");
        }

        ServiceNames.Add(service);
        Access[service.Code] = access;
    }
}
