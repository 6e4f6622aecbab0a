namespace ActorP2P.Protocol;

/// <summary>Whether an address is dialled again after a connection to it ended.</summary>
internal enum Redial
{
    /// <summary>After the usual back-off: the next dial may well succeed.</summary>
    Soon,
    /// <summary>After the longest back-off: what ended the connection does not pass by itself within seconds.</summary>
    Late,
    /// <summary>Not at all: no later dial can end otherwise.</summary>
    Never,
}
