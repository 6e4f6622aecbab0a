namespace ActorP2P.Hocon;

/// <summary>
/// The form in which a single value was written. It decides how the value is rendered and whether it is null.
/// </summary>
internal enum HoconTextKind
{
    /// <summary>A text, quoted or not.</summary>
    String,

    /// <summary>A number in JSON's grammar, kept as written.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>null</c>: the value exists and hides the layers below, but holds nothing.</summary>
    Null,

    /// <summary>
    /// Unquoted space between two values of a concatenation: part of a text, and ignored between lists or objects.
    /// </summary>
    Space,
}
