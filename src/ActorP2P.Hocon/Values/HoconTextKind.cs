namespace ActorP2P.Hocon;

/// <summary>What a single value was written as; it decides how it is rendered and whether it is null.</summary>
internal enum HoconTextKind
{
    /// <summary>A text, quoted or not.</summary>
    String,

    /// <summary>A number in JSON's grammar, kept as written.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>null</c>: it is there, and hides what is below, but holds nothing.</summary>
    Null,

    /// <summary>Unquoted space between two values of a concatenation: part of a text, nothing between lists or objects.</summary>
    Space,
}
