using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Evaluates a constructor argument: constants, captured variables and members of those without compiling anything.</summary>
internal static class ExpressionValue
{
    public static object Of(Expression expression) => expression switch
    {
        null => null,
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } access => field.GetValue(Of(access.Expression)),
        MemberExpression { Member: PropertyInfo property } access => property.GetValue(Of(access.Expression)),
        _ => Expression.Lambda<Func<object>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
