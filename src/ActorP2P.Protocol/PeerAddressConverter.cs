using System.ComponentModel;
using System.Globalization;

namespace ActorP2P;

/// <summary>
/// Converts texts to <see cref="PeerAddress"/>es for binders such as the configuration of .NET.
/// </summary>
/// <remarks>
/// A text that is not an address is an error. For elements of a list, the binder of .NET hides the error and
/// leaves the element out, unless its option <c>ErrorOnUnknownConfiguration</c> is set. Set that option.
/// </remarks>
public sealed class PeerAddressConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? PeerAddress.Parse(text.Trim()) : base.ConvertFrom(context, culture, value);
}
