using Microsoft.Extensions.Options;

namespace ActorP2P.Hosting;

/// <summary>
/// Validates bound options by the node's own rules, when they are first used or when the host starts.
/// </summary>
public sealed class P2PNodeOptionsValidator : IValidateOptions<P2PNodeOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, P2PNodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            options.Validated();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException refused)
        {
            return ValidateOptionsResult.Fail(refused.Message);
        }
    }
}
