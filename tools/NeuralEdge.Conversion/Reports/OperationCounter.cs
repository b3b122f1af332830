using System.Reflection;
using System.Reflection.Emit;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Reports;

/// <summary>
/// Counts the operations of the intermediate language that one inference takes: it carries out the core's own code one
/// operation at a time, as a board's interpreter does. On an interpreter each costs about the same, so that their number is
/// what tells the time of one network from that of another.
/// </summary>
/// <remarks>
/// Operations are those of ECMA-335, partition III. Calls to what is not the core's count as one. Only what the core's
/// kernels are made of is carried out; anything else is a defect, and says so.
/// </remarks>
public sealed class OperationCounter
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    private readonly Dictionary<MethodBase, Operation[]> _decoded = [];
    private long _count;

    private OperationCounter()
    {
    }

    /// <summary>Operations of one inference with the inputs that are set; the network computes its outputs by the way.</summary>
    /// <param name="network">A network as the model reader made it.</param>
    public static long Count(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        OperationCounter counter = new();
        counter.Run(typeof(Network).GetMethod(nameof(Network.Forward))!, [network]);
        return counter._count;
    }

    private object? Run(MethodBase method, object?[] arguments)
    {
        Operation[] code = Decode(method);
        object?[] locals = [.. method.GetMethodBody()!.LocalVariables.Select(local => local.LocalType.IsValueType ? Activator.CreateInstance(local.LocalType) : null)];
        Stack<object?> stack = new();
        for (int at = 0; ;)
        {
            Operation operation = code[at++];
            _count++;
            if (operation.Code == OpCodes.Ret)
            {
                return stack.TryPop(out object? result) ? result : null;
            }

            if (operation.Code == OpCodes.Switch)
            {
                int choice = (int)stack.Pop()!;
                at = choice >= 0 && choice < operation.Targets.Length ? operation.Targets[choice] : at;
            }
            else if (operation.Code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch)
            {
                at = Branches(operation.Code.Name!, stack) ? operation.Targets[0] : at;
            }
            else if (operation.Code.FlowControl == FlowControl.Call)
            {
                Call((MethodBase)operation.Operand!, operation.Code == OpCodes.Callvirt, stack);
            }
            else
            {
                Carry(operation, arguments, locals, stack);
            }
        }
    }

    private void Call(MethodBase method, bool isVirtual, Stack<object?> stack)
    {
        object?[] arguments = new object?[method.GetParameters().Length + (method.IsStatic ? 0 : 1)];
        for (int i = arguments.Length - 1; i >= 0; i--)
        {
            arguments[i] = stack.Pop();
        }

        if (isVirtual && method.IsVirtual)
        {
            Type[] types = [.. method.GetParameters().Select(p => p.ParameterType)];
            method = arguments[0]!.GetType().GetMethod(method.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, types)!;
        }

        object? result = method.Module.Assembly == typeof(Network).Assembly
            ? Run(method, arguments)
            : method.IsStatic ? method.Invoke(null, arguments) : method.Invoke(arguments[0], arguments[1..]);
        if (method is MethodInfo { ReturnType: Type type } && type != typeof(void))
        {
            stack.Push(Widened(result));
        }
    }

    private static bool Branches(string name, Stack<object?> stack)
    {
        name = name.EndsWith(".s", StringComparison.Ordinal) ? name[..^2] : name;
        if (name == "br")
        {
            return true;
        }

        object? right = stack.Pop();
        if (name is "brtrue" or "brfalse")
        {
            return (right is not null && !right.Equals(0) && !right.Equals(0L)) == (name == "brtrue");
        }

        return Holds(name, stack.Pop()!, right!);
    }

    private static bool Holds(string name, object left, object right)
    {
        bool unsigned = name.EndsWith(".un", StringComparison.Ordinal);
        int order = (left, right) switch
        {
            (int a, int b) => unsigned ? ((uint)a).CompareTo((uint)b) : a.CompareTo(b),
            (long a, long b) => unsigned ? ((ulong)a).CompareTo((ulong)b) : a.CompareTo(b),
            _ => throw Unknown(name),
        };
        return (unsigned ? name[..^3] : name) switch
        {
            "beq" or "ceq" => order == 0,
            "bne" => order != 0,
            "bge" => order >= 0,
            "bgt" or "cgt" => order > 0,
            "ble" => order <= 0,
            "blt" or "clt" => order < 0,
            _ => throw Unknown(name),
        };
    }

    private static void Carry(Operation operation, object?[] arguments, object?[] locals, Stack<object?> stack)
    {
        string name = operation.Code.Name!;
        string[] parts = name.Split('.');
        switch (parts[0])
        {
            case "nop":
                return;
            case "dup":
                stack.Push(stack.Peek());
                return;
            case "pop":
                stack.Pop();
                return;
            case "ldnull":
                stack.Push(null);
                return;
            case "ldarg":
                stack.Push(Widened(arguments[Index(operation, parts)]));
                return;
            case "starg":
                arguments[Index(operation, parts)] = stack.Pop();
                return;
            case "ldloc":
                stack.Push(Widened(locals[Index(operation, parts)]));
                return;
            case "stloc":
                locals[Index(operation, parts)] = stack.Pop();
                return;
            case "ldc":
                stack.Push(parts[1] == "i8" ? operation.Operand : Constant(operation, parts));
                return;
            case "ldfld":
                stack.Push(Widened(((FieldInfo)operation.Operand!).GetValue(stack.Pop())));
                return;
            case "ldsfld":
                stack.Push(Widened(((FieldInfo)operation.Operand!).GetValue(null)));
                return;
            case "stfld":
                object? value = stack.Pop();
                FieldInfo field = (FieldInfo)operation.Operand!;
                field.SetValue(stack.Pop(), Narrowed(value, field.FieldType));
                return;
            case "ldlen":
                stack.Push(((Array)stack.Pop()!).Length);
                return;
            case "ldelema":
                int place = Convert.ToInt32(stack.Pop());
                stack.Push(new Reference((Array)stack.Pop()!, place));
                return;
            case "ldind":
                Reference source = (Reference)stack.Pop()!;
                stack.Push(Widened(source.Array.GetValue(source.Index)));
                return;
            case "stind":
                object? stored = stack.Pop();
                Reference target = (Reference)stack.Pop()!;
                target.Array.SetValue(stored, target.Index);
                return;
            case "ldelem":
                int from = Convert.ToInt32(stack.Pop());
                stack.Push(Widened(((Array)stack.Pop()!).GetValue(from)));
                return;
            case "stelem":
                object? element = stack.Pop();
                int to = Convert.ToInt32(stack.Pop());
                Array array = (Array)stack.Pop()!;
                array.SetValue(Narrowed(element, array.GetType().GetElementType()!), to);
                return;
            case "conv":
                stack.Push(Converted(parts[1], stack.Pop()!, name));
                return;
            case "neg" or "not":
                stack.Push((parts[0], stack.Pop()) switch { ("neg", int n) => (object)-n, ("neg", long n) => -n, (_, int n) => ~n, (_, long n) => ~n, _ => throw Unknown(name) });
                return;
            case "ceq" or "cgt" or "clt":
                object? second = stack.Pop();
                stack.Push(Holds(name, stack.Pop()!, second!) ? 1 : 0);
                return;
            default:
                object? right = stack.Pop();
                stack.Push(Computed(name, stack.Pop()!, right!));
                return;
        }
    }

    private static object Computed(string name, object left, object right) => unchecked((name, left, right) switch
    {
        ("add", int a, int b) => (object)(a + b),
        ("add", long a, long b) => a + b,
        ("sub", int a, int b) => a - b,
        ("sub", long a, long b) => a - b,
        ("mul", int a, int b) => a * b,
        ("mul", long a, long b) => a * b,
        ("div", int a, int b) => a / b,
        ("rem", int a, int b) => a % b,
        ("and", int a, int b) => a & b,
        ("and", long a, long b) => a & b,
        ("or", int a, int b) => a | b,
        ("or", long a, long b) => a | b,
        ("xor", int a, int b) => a ^ b,
        ("xor", long a, long b) => a ^ b,
        ("shl", int a, int b) => a << b,
        ("shl", long a, int b) => a << b,
        ("shr", int a, int b) => a >> b,
        ("shr", long a, int b) => a >> b,
        ("shr.un", int a, int b) => (int)((uint)a >> b),
        ("shr.un", long a, int b) => (long)((ulong)a >> b),
        _ => throw Unknown(name),
    });

    private static object Converted(string to, object value, string name) => unchecked((to, value) switch
    {
        ("i8", int n) => (object)(long)n,
        ("u8", int n) => (long)(uint)n,
        ("i8" or "u8", long n) => n,
        ("i4" or "u4", long n) => (int)n,
        ("i4" or "u4", int n) => n,
        ("i2", int n) => (int)(short)n,
        ("i1", int n) => (int)(sbyte)n,
        ("u1", int n) => (int)(byte)n,
        ("u2", int n) => (int)(ushort)n,
        _ => throw Unknown(name),
    });

    // On the evaluation stack there are int, long and references.
    private static object? Widened(object? value) => value switch
    {
        bool b => b ? 1 : 0,
        sbyte or byte or short or ushort => Convert.ToInt32(value),
        Enum e => Convert.ToInt32(e),
        uint n => unchecked((int)n),
        _ => value,
    };

    private static object? Narrowed(object? value, Type type) => value switch
    {
        int n when type == typeof(bool) => n != 0,
        int n when type == typeof(sbyte) => unchecked((sbyte)n),
        int n when type == typeof(short) => unchecked((short)n),
        _ => value,
    };

    private static int Index(Operation operation, string[] parts) =>
        parts.Length > 1 && parts[1] != "s" ? parts[1][0] - '0' : Convert.ToInt32(operation.Operand);

    private static int Constant(Operation operation, string[] parts) => parts.Length == 2 || parts[2] == "s"
        ? Convert.ToInt32(operation.Operand)
        : parts[2] == "m1" ? -1 : parts[2][0] - '0';

    private Operation[] Decode(MethodBase method)
    {
        if (_decoded.TryGetValue(method, out Operation[]? known))
        {
            return known;
        }

        byte[] il = method.GetMethodBody()!.GetILAsByteArray()!;
        List<Operation> operations = [];
        Dictionary<int, int> indices = [];
        for (int at = 0; at < il.Length;)
        {
            indices[at] = operations.Count;
            int value = il[at++];
            OpCode code = OpCodesByValue[value == 0xFE ? 0xFE00 | il[at++] : value];
            int next = at + SizeOf(code, il, at);
            object? operand = code.OperandType switch
            {
                OperandType.InlineNone => null,
                OperandType.ShortInlineI or OperandType.ShortInlineBrTarget => (int)(sbyte)il[at],
                OperandType.ShortInlineVar => (int)il[at],
                OperandType.InlineVar => (int)BitConverter.ToUInt16(il, at),
                OperandType.InlineI8 => BitConverter.ToInt64(il, at),
                OperandType.InlineI or OperandType.InlineBrTarget => BitConverter.ToInt32(il, at),
                OperandType.InlineMethod => method.Module.ResolveMethod(BitConverter.ToInt32(il, at)),
                OperandType.InlineField => method.Module.ResolveField(BitConverter.ToInt32(il, at)),
                OperandType.InlineType or OperandType.InlineSwitch => null,
                _ => throw Unknown(code.Name!),
            };
            int[] targets = code.OperandType switch
            {
                OperandType.ShortInlineBrTarget or OperandType.InlineBrTarget => [next + (int)operand!],
                OperandType.InlineSwitch => [.. Enumerable.Range(1, (next - at - 1) / 4).Select(k => next + BitConverter.ToInt32(il, at + (4 * k)))],
                _ => [],
            };
            operations.Add(new Operation(code, operand, targets));
            at = next;
        }

        Operation[] decoded = [.. operations.Select(o => o with { Targets = Array.ConvertAll(o.Targets, target => indices[target]) })];
        _decoded[method] = decoded;
        return decoded;
    }

    private static int SizeOf(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineI or OperandType.ShortInlineBrTarget or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    private static NotSupportedException Unknown(string name) => new($"The core's code has the operation {name}, which is not counted.");

    /// <summary>A managed pointer to an element.</summary>
    private sealed record Reference(Array Array, int Index);

    /// <summary>One operation.</summary>
    /// <param name="Code">Which.</param>
    /// <param name="Operand">Its operand, null when it has none.</param>
    /// <param name="Targets">Indices of the operations that a branch goes to.</param>
    private sealed record Operation(OpCode Code, object? Operand, int[] Targets);
}
