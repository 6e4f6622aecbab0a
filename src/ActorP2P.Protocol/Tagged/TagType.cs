namespace ActorP2P;

/// <summary>The low three bits of a tag: the type of its value and how it is written.</summary>
public enum TagType : byte
{
    /// <summary>A varint.</summary>
    Positive = 0,
    /// <summary>A varint of the absolute value.</summary>
    Negative = 1,
    /// <summary>UTF-8, after its length in bytes as a varint.</summary>
    Text = 2,
    /// <summary>Bytes, after their length as a varint.</summary>
    Bytes = 3,
    /// <summary>The tag itself says true.</summary>
    True = 4,
    /// <summary>The tag itself says false.</summary>
    False = 5,
    /// <summary>Eight bytes, IEEE 754, little-endian.</summary>
    Real = 6,
}
