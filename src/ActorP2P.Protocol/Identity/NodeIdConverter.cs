using System.ComponentModel;
using System.Globalization;

namespace ActorP2P;

/// <summary>
/// Converts texts to <see cref="NodeId"/>s for binders such as the configuration of .NET. A text that is not a node id
/// is an error.
/// </summary>
public sealed class NodeIdConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not a node id.</exception>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value switch
    {
        string text when NodeId.TryParse(text.Trim(), out NodeId id) => id,
        string => throw new FormatException(
            $"A node id has {2 * NodeId.Size} hexadecimal digits; this text is not one."),
        _ => base.ConvertFrom(context, culture, value),
    };
}
