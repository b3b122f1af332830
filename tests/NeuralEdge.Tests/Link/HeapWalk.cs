using System.Reflection;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Link;

/// <summary>What an object and all it holds take of a board's heap, found by looking at their fields.</summary>
/// <param name="elsewhere">What is not on the board's heap, with all that it leads to; null: all is.</param>
internal sealed class HeapWalk(Func<object, bool>? elsewhere = null)
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Bytes of an object and of what it leads to; what was seen before counts nothing.</summary>
    internal int Measure(object? value)
    {
        // Texts and types are in flash.
        if (value is null or string or Type or Delegate || value.GetType().IsValueType || elsewhere?.Invoke(value) == true || !_seen.Add(value))
        {
            return 0;
        }

        if (value is Array array)
        {
            Type element = value.GetType().GetElementType()!;
            return element.IsPrimitive
                ? HeapSize.Array(Buffer.ByteLength(array))
                : HeapSize.References(array.Length) + array.Cast<object?>().Sum(Measure);
        }

        FieldInfo[] fields = [.. Fields(value.GetType())];
        return HeapSize.Object(fields.Length) + fields.Sum(field => Measure(field.GetValue(value)));
    }

    private static IEnumerable<FieldInfo> Fields(Type? type) => type is null
        ? []
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Concat(Fields(type.BaseType));
}
