namespace ActorP2P.Actors;

/// <summary>How much a log event matters.</summary>
public enum LogLevel
{
    /// <summary>For whoever looks for a fault.</summary>
    DebugLevel,

    /// <summary>What happens in the normal course of things.</summary>
    InfoLevel,

    /// <summary>Something unwanted that was dealt with.</summary>
    WarningLevel,

    /// <summary>Something went wrong.</summary>
    ErrorLevel,
}
