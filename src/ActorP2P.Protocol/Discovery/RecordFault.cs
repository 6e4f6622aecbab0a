namespace ActorP2P;

/// <summary>Why bytes or a text are not a <see cref="NodeRecord"/>.</summary>
public enum RecordFault
{
    /// <summary>Nothing: they are one.</summary>
    None,

    /// <summary>The text does not begin as a record does, or is not base64url.</summary>
    NotText,

    /// <summary>They are longer than <see cref="NodeRecord.MaxBytes"/>.</summary>
    TooLong,

    /// <summary>They are too short for a record, or its fields do not parse, or are out of order.</summary>
    Malformed,

    /// <summary>They have a format that this version does not know.</summary>
    UnknownFormat,

    /// <summary>The name of the network, the number or the time is missing, or is out of bounds.</summary>
    InvalidField,

    /// <summary>An address is not one that can be dialled, or there are more than allowed.</summary>
    InvalidAddress,

    /// <summary>The name of a service is out of bounds, or there are more than allowed.</summary>
    InvalidService,

    /// <summary>The node has not signed it.</summary>
    NotSigned,
}
