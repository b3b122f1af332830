// The features below are planted for SurfaceScanTests: each class must be found out, the first one must not.
#nullable disable
#pragma warning disable // wrong on purpose, every line of it

using System.Runtime.CompilerServices;

namespace NeuralEdge.Tests.DeviceSurface.Planted;

internal interface IClean
{
    int Add(int value);
}

internal sealed class Clean : IClean
{
    public static readonly int[] Table = { 1, 2, 3, 4 };
    private readonly object _gate = new();
    private int _sum;

    public event EventHandler Nothing
    {
        add { }
        remove { }
    }

    public int Sum { get; init; }

    public int Add(int value)
    {
        lock (_gate)
        {
            unchecked
            {
                _sum += value * Table[value & 3];
            }
        }

        return value < 0 ? throw new ArgumentException("negative") : _sum;
    }

    public string Describe(int code)
    {
        try
        {
            return string.Format("{0}", code) + code switch { 0 => "none", _ => "some" };
        }
        catch (Exception exception) when (exception is InvalidOperationException)
        {
            return exception.Message;
        }
    }

    public uint Crc(byte[] data) => System.IO.Hashing.Crc32.HashToUInt32(new ReadOnlySpan<byte>(data, 0, data.Length));
}

internal sealed class GenericType<T>
{
}

internal static class GenericMethod
{
    public static void Nothing<T>()
    {
    }
}

internal static class GenericCall
{
    public static object Nothing() => Array.Empty<int>();
}

internal sealed class GenericField
{
    public System.Collections.Generic.List<int> List;
}

internal sealed class NullableValue
{
    public int? Value;
}

internal static class Tuple
{
    public static int Sum((int A, int B) pair) => pair.A + pair.B;
}

internal sealed class Matrix
{
    public int[,] Cells;
}

internal static class StackMemory
{
    public static int Length()
    {
        Span<byte> bytes = stackalloc byte[4];
        return bytes.Length;
    }
}

internal static class PointerParameter
{
    public static unsafe int First(int* first) => *first;
}

internal static class Checked
{
    public static int Add(int a, int b) => checked(a + b);
}

internal static class CheckedCast
{
    public static byte Narrow(int a) => checked((byte)a);
}

internal static class Async
{
    public static async void Wait()
    {
        await System.Threading.Tasks.Task.Yield();
    }
}

internal static class Iterator
{
    public static System.Collections.IEnumerable Numbers()
    {
        yield return 1;
    }
}

internal interface IWithBody
{
    int Value() => 1;
}

internal sealed class MutableStatic
{
    public static int Count;
}

internal static class MutableStaticProperty
{
    public static int Count { get; set; }
}

internal readonly struct ReadOnlyStruct
{
}

internal static class InParameter
{
    public static long Double(in long value) => value * 2;
}

internal sealed class Volatile
{
    public volatile int Flag;
}

internal static class FloatingPoint
{
    public static int Half(int value) => (int)(value * 0.5);
}

internal static class DecimalNumber
{
    public static decimal Half(decimal value) => value / 2m;
}

internal static class MissingType
{
    public static object New() => new System.Text.StringBuilder();
}

internal static class MissingException
{
    public static int Divide(int a, int b)
    {
        try
        {
            return a / b;
        }
        catch (DivideByZeroException)
        {
            return 0;
        }
    }
}

internal static class MissingMember
{
    public static string Hex(int value) => Convert.ToString(value, 16);
}

internal static class MissingOverload
{
    public static bool Starts(string text) => text.StartsWith("a", StringComparison.Ordinal);
}

internal static class MissingField
{
    public static string Empty() => System.IO.Path.PathSeparator.ToString();
}

internal static class MissingAttribute
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    [System.Diagnostics.StackTraceHidden]
    public static void Nothing()
    {
    }
}

internal static class NestedOffence
{
    private static class Inside
    {
        public static object Nothing() => Array.Empty<int>();
    }
}

internal static class LambdaOffence
{
    public static Action Make() => () => Environment.Exit(1);
}
