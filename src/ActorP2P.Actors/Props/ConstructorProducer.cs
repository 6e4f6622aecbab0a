using System.Linq.Expressions;
using System.Reflection;

namespace ActorP2P.Actors;

/// <summary>
/// Makes actors from a constructor call written as an expression. The expression keeps its constructor alive under
/// trimming, and arguments are interpreted rather than compiled, so nothing here needs run-time code generation.
/// </summary>
internal sealed class ConstructorProducer : IIndirectActorProducer
{
    // Not a ConstructorInvoker: each one compiles a stub of its own, while the constructor shares one among all Props.
    private readonly ConstructorInfo _constructor;
    private readonly object?[] _arguments;

    public ConstructorProducer(Type actorType, LambdaExpression factory)
    {
        if (factory.Body is not NewExpression { Constructor: not null } creation)
        {
            throw new ArgumentException("The factory must be a constructor call: () => new MyActor(...).", nameof(factory));
        }
        ActorType = creation.Type;
        if (!actorType.IsAssignableFrom(ActorType))
        {
            throw new ArgumentException($"The factory makes no {actorType.Name}.", nameof(factory));
        }
        _constructor = creation.Constructor;
        _arguments = [.. creation.Arguments.Select(Evaluate)];
    }

    public Type ActorType { get; }

    public ActorBase Produce() => (ActorBase)_constructor.Invoke(
        BindingFlags.DoNotWrapExceptions, binder: null, _arguments, culture: null);

    public void Release(ActorBase actor)
    {
        // The collector releases it.
    }

    /// <summary>Constants and captured variables, which most arguments are, are read without building a delegate.</summary>
    private static object? Evaluate(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo captured, Expression: ConstantExpression closure } =>
            captured.GetValue(closure.Value),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object)))
            .Compile(preferInterpretation: true)(),
    };
}
