using System.ComponentModel;
using System.Globalization;

namespace ActorP2P;

/// <summary>
/// Lets whatever binds texts to properties, such as the configuration of .NET, read a <see cref="PeerAddress"/>.
/// </summary>
/// <remarks>
/// A text that is no address is an error. The binder of .NET hides it for elements of a list, and leaves them out, unless
/// its option <c>ErrorOnUnknownConfiguration</c> is set: set it.
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
