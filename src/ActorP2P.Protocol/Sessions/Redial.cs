namespace ActorP2P.Protocol;

/// <summary>Whether an address is dialled again after a connection to it ended.</summary>
internal enum Redial
{
    /// <summary>After the usual back-off: the next dial may succeed.</summary>
    Soon,
    /// <summary>After the longest back-off: the cause does not disappear within seconds.</summary>
    Late,
    /// <summary>Not at all: every later dial would end in the same way.</summary>
    Never,
}
