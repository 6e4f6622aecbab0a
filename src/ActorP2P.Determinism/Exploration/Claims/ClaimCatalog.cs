using System.Reflection;
using System.Reflection.Emit;

namespace ActorP2P.Determinism;

/// <summary>
/// Finds the claims in compiled code, so that those which no run has reached are known too. It reads the calls of
/// <see cref="Claim"/> whose name is a constant.
/// </summary>
internal static class ClaimCatalog
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private const byte TwoBytes = 0xFE;
    private const int CallSize = 4;
    private const int TextSize = 5;

    private static readonly Dictionary<int, OpCode> s_codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).ToDictionary(static code => code.Value & 0xFFFF);

    /// <summary>The claims in the methods of a type, and of the types inside of it.</summary>
    public static IEnumerable<ClaimKey> Of(Type type) => type.GetMembers(Own).OfType<MethodBase>().SelectMany(Of)
        .Concat(type.GetNestedTypes(Own).SelectMany(Of));

    /// <summary>
    /// The claims in a method, and in the lambda expressions and the state machine that the compiler made of it.
    /// </summary>
    public static IEnumerable<ClaimKey> Of(MethodBase method)
    {
        byte[]? code = method.GetMethodBody()?.GetILAsByteArray();
        return code is null ? [] : Read(method, code);
    }

    private static List<ClaimKey> Read(MethodBase method, byte[] code)
    {
        List<ClaimKey> found = [];
        List<ConstantText> texts = [];
        for (int at = 0; at < code.Length;)
        {
            int value = code[at++];
            if (value == TwoBytes)
            {
                value = (TwoBytes << 8) | code[at++];
            }
            OpCode operation = s_codes[value];
            if (operation.OperandType == OperandType.InlineString)
            {
                texts.Add(new ConstantText(at - 1, method.Module.ResolveString(BitConverter.ToInt32(code, at))));
            }
            else if (operation == OpCodes.Call && ClaimOf(method, at, code, texts) is { } claim)
            {
                found.Add(claim);
            }
            at += SizeOf(operation, code, at);
        }
        return found;
    }

    private static ClaimKey? ClaimOf(MethodBase caller, int at, byte[] code, List<ConstantText> texts)
    {
        MethodBase? called = Resolve(caller, BitConverter.ToInt32(code, at));
        if (called?.DeclaringType != typeof(Claim) || !Enum.TryParse(called.Name, out ClaimKind kind))
        {
            return null;
        }
        if (kind is not (ClaimKind.Always or ClaimKind.Unreachable))
        {
            // The name is loaded last, directly before the call.
            return texts is [.., { } last] && last.At + TextSize == at - 1 ? new ClaimKey(kind, last.Text) : null;
        }
        // The name is loaded directly before the file.
        return texts is [.., { } name, { } file] && name.At + TextSize == file.At
            ? new ClaimKey(kind, name.Text)
            : null;
    }

    private static MethodBase? Resolve(MethodBase caller, int token)
    {
        try
        {
            return caller.Module.ResolveMethod(
                token,
                caller.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
                caller.IsGenericMethod ? caller.GetGenericArguments() : null);
        }
        catch (ArgumentException)
        {
            // A call whose target only a running program can resolve. It is no claim.
            return null;
        }
    }

    private static int SizeOf(OpCode operation, byte[] code, int at) => operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => CallSize + (CallSize * BitConverter.ToInt32(code, at)),
        _ => CallSize,
    };

    private readonly record struct ConstantText(int At, string Text);
}
