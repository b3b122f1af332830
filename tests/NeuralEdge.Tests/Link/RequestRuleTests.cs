using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Link;

/// <summary>What PROTOCOL.md says of the data of requests, sentence by sentence.</summary>
[TestClass]
public sealed class RequestRuleTests
{
    private static readonly byte[] BadRequest = [(byte)RequestStatus.BadRequest, 0, 0, 0, 0, 0];

    [TestMethod]
    public void AHelloOfFewerThanSixBytesIsNotAnsweredAndALongerOneIsTaken()
    {
        ProtocolText.Says("A HELLO of fewer than 6 bytes is not answered; of a longer one the first 6 bytes count.");
        byte[] hello = [2, 2, 0xD4, 0xC3, 0xB2, 0xA1, 9, 9];
        for (int length = 0; length <= hello.Length; length++)
        {
            ServerBench bench = new();
            byte[] reply = bench.Ask(LinkRequest.Hello, 100, hello[..length], 0);
            Assert.HasCount(length < 6 ? 0 : 16, reply, $"{length} bytes");
            Assert.IsTrue(length < 6 || reply.AsSpan(12).SequenceEqual(hello.AsSpan(2, 4)), "the nonce comes back");
        }
    }

    [TestMethod]
    public void TheReplyToHelloBearsTheNewSessionAndItsRefusalThatOfTheHello()
    {
        ProtocolText.Says("The reply bears the new session in its header; a refusal bears that of the HELLO, which is 0.");
        ServerBench bench = new();
        bench.Hello(100, 7, lowest: 3, highest: 5);
        Assert.AreEqual(0, bench.HeaderSession);
        bench.Hello();
        Assert.AreNotEqual(0, bench.Session);
        Assert.AreEqual(bench.Session, bench.HeaderSession);
        bench.Hello(100, 7, lowest: 3, highest: 5);
        Assert.AreEqual(0, bench.HeaderSession);
    }

    [TestMethod]
    public void AnotherRequestOfTheSameSequenceIsNotAnsweredAndNoRepetition()
    {
        ServerBench bench = new();
        bench.Hello();
        Assert.IsNotEmpty(bench.Ask(LinkRequest.Info, 101));
        Assert.IsEmpty(bench.Ask(LinkRequest.Read, 101, [0, 0, 0, 0, 4, 0]));
        Assert.AreEqual((0u, 1u), (bench.Server.Counters.Repeats, bench.Server.Counters.SequenceErrors));
    }

    [TestMethod]
    public void AnyOtherRequestBetweenThePartsOfAQuestionEndsIt()
    {
        ProtocolText.Says("Any other request between two parts ends the question: the next part is then a BadRequest.");
        foreach (bool between in new[] { false, true })
        {
            ServerBench bench = new();
            bench.Hello();
            CollectionAssert.AreEqual(new byte[] { 0, 1, 0 }, bench.Ask(LinkRequest.Ask, 101, Part(0, 2, 5)));
            if (between)
            {
                bench.Ask(LinkRequest.Info, 102);
            }

            byte[] reply = bench.Ask(LinkRequest.Ask, between ? 103 : 102, Part(1, 2, 5));
            Assert.AreEqual((byte)(between ? RequestStatus.BadRequest : RequestStatus.Ok), reply[0]);
        }
    }

    [TestMethod]
    public void PartsOfAQuestionThatDoNotFitAreBadRequests()
    {
        ServerBench bench = new();
        bench.Hello();
        CollectionAssert.AreEqual(BadRequest, bench.Ask(LinkRequest.Ask, 101, Part(1, 2, 5)), "the second part first");
        CollectionAssert.AreEqual(BadRequest, bench.Ask(LinkRequest.Ask, 102, Part(0, 2, 5, 5, 5)), "more inputs than there are in all");
        bench.Ask(LinkRequest.Ask, 103, Part(0, 2, 5));
        CollectionAssert.AreEqual(BadRequest, bench.Ask(LinkRequest.Ask, 104, Part(1, 2, 5, 5)), "and of the second part");
        CollectionAssert.AreEqual(BadRequest, bench.Ask(LinkRequest.Ask, 105, [0, 0, 2, 0, 1, 1, 1, 1, 1]), "half an input");
        CollectionAssert.AreEqual(new byte[] { (byte)RequestStatus.InputCount, 0, 2, 0, 0, 0 }, bench.Ask(LinkRequest.Ask, 106, Part(0, 3, 5)));
        Assert.AreEqual(0, bench.Board.CallsOf("Ask"));
        Assert.AreEqual(0, bench.Ask(LinkRequest.Ask, 107, Part(0, 2, 5, 5))[0]);
        Assert.AreEqual(1, bench.Board.CallsOf("Ask"));
    }

    [TestMethod]
    public void DataThatCannotBeIsABadRequestAndDataFromElsewhereIsIgnored()
    {
        ProtocolText.Says("Those that do not begin at the wanted offset are ignored with status Ok: the host goes on where the reply says. "
            + "So are those at an offset of 2^31 or more, and no bytes at all.");
        ProtocolText.Says("More than 256 bytes, bytes past the announced length, or fewer than the 4 bytes of the offset are a BadRequest.");
        byte[] model = Bench.Identity(9, 100).Bytes;
        Assert.IsGreaterThan(600, model.Length);
        ServerBench bench = new(new Bench());
        bench.Hello();
        int next = 101;
        byte[] Data(uint offset, int count) => bench.Ask(LinkRequest.Data, next++, [.. BitConverter.GetBytes(offset), .. new byte[count]]);
        byte[] Wanted(int offset) => [0, .. BitConverter.GetBytes(offset)];
        bench.Ask(LinkRequest.Begin, next++, [.. BitConverter.GetBytes(300), .. model[^4..]]);
        for (int length = 0; length < 4; length++)
        {
            CollectionAssert.AreEqual(BadRequest, bench.Ask(LinkRequest.Data, next++, new byte[length]));
        }

        CollectionAssert.AreEqual(BadRequest, Data(0, 257));
        CollectionAssert.AreEqual(Wanted(0), Data(0, 0));
        CollectionAssert.AreEqual(Wanted(0), Data(1, 10));
        CollectionAssert.AreEqual(Wanted(0), Data(0x80000000, 10));
        CollectionAssert.AreEqual(Wanted(0), Data(0xFFFFFFFF, 256));
        CollectionAssert.AreEqual(Wanted(256), Data(0, 256));
        CollectionAssert.AreEqual(BadRequest, Data(256, 45));
        CollectionAssert.AreEqual(Wanted(300), Data(256, 44));
    }

    [TestMethod]
    [DataRow(ModelState.Factory)]
    [DataRow(ModelState.Test)]
    [DataRow(ModelState.Confirmed)]
    public void ReadingPastTheEndGivesNoBytes(ModelState state)
    {
        ProtocolText.Says("Past the end, and for a count of 0, the reply is Ok with no bytes. An offset of 2^31 or more is a BadRequest.");
        byte[] model = state == ModelState.Factory ? FactoryModel.GetBytes() : Bench.Identity(9, 100).Bytes;
        ServerBench bench = new(new Bench());
        bench.Hello();
        int next = state == ModelState.Factory ? 101 : bench.Upload(model, 101);
        if (state == ModelState.Confirmed)
        {
            Assert.AreEqual(0, bench.Confirm(next++)[0]);
        }

        byte[] Read(uint offset, int count) => bench.Ask(LinkRequest.Read, next++, [.. BitConverter.GetBytes(offset), .. BitConverter.GetBytes((ushort)count)]);
        void AssertBytes(int offset, int count, int expected) =>
            CollectionAssert.AreEqual((byte[])[0, .. BitConverter.GetBytes(offset), .. model.AsSpan(Math.Min(offset, model.Length), expected)], Read((uint)offset, count), $"{count} bytes at {offset}");
        AssertBytes(0, 256, 256);
        AssertBytes(model.Length - 10, 256, 10);
        AssertBytes(model.Length, 256, 0);
        AssertBytes(int.MaxValue, 256, 0);
        AssertBytes(0, 0, 0);
        AssertBytes(model.Length, 0, 0);
        CollectionAssert.AreEqual(BadRequest, Read(0x80000000, 1));
        CollectionAssert.AreEqual(BadRequest, Read(0xFFFFFFFF, 0));
        CollectionAssert.AreEqual(BadRequest, Read(0, 257));
    }

    [TestMethod]
    public void BeforeTheFirstQuestionThereIsNoAnswer()
    {
        ProtocolText.Says("`total` is 0 before the first one. At `first` = `total` there are no outputs left to read; above it, it is a BadRequest.");
        ServerBench bench = new(new Bench());
        bench.Hello();
        CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 0, 0, 0 }, bench.Ask(LinkRequest.Answer, 101, [0, 0]));
        CollectionAssert.AreEqual(BadRequest, bench.Ask(LinkRequest.Answer, 102, [1, 0]));
        byte[] answer = bench.Ask(LinkRequest.Ask, 103, Part(0, 2, 24576, 28672));
        Assert.AreEqual(332382208, BitConverter.ToInt32(answer, 5));
        CollectionAssert.AreEqual(answer, bench.Ask(LinkRequest.Answer, 104, [0, 0]));
        CollectionAssert.AreEqual(new byte[] { 0, 1, 0, 1, 0, 0 }, bench.Ask(LinkRequest.Answer, 105, [1, 0]));
        CollectionAssert.AreEqual(BadRequest, bench.Ask(LinkRequest.Answer, 106, [2, 0]));
    }

    [TestMethod]
    public void TheAnswerToOneHostIsNotForTheNext()
    {
        ProtocolText.Says("An answer to ASK ends with it, too.");
        ProtocolText.Says("**ANSWER** reads outputs of the last ASK that was answered in the current session");
        ServerBench bench = new(new Bench());
        bench.Hello();
        bench.Ask(LinkRequest.Ask, 101, Part(0, 2, 1, 2));
        Assert.AreEqual(1, bench.Ask(LinkRequest.Answer, 102, [0, 0])[3]);
        bench.Hello(200, 99);
        CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 0, 0, 0 }, bench.Ask(LinkRequest.Answer, 201, [0, 0]));
        CollectionAssert.AreEqual(BadRequest, bench.Ask(LinkRequest.Answer, 202, [1, 0]));
    }

    [TestMethod]
    public void RevertEndsAPendingUploadWhoseBytesCanBeResumed()
    {
        ProtocolText.Says("With Ok it also ends an upload that is pending; its bytes stay, and BEGIN resumes it.");
        byte[] first = Bench.Identity(1, 100).Bytes;
        byte[] second = Bench.Identity(9, 100).Bytes;
        byte[] begin = [.. BitConverter.GetBytes(second.Length), .. second[^4..]];
        byte[] data = [0, 0, 0, 0, .. second[..100]];
        ServerBench bench = new(new Bench());
        bench.Hello();
        int next = bench.Upload(first, 101);
        bench.Confirm(next++);
        bench.Ask(LinkRequest.Begin, next++, begin);
        bench.Ask(LinkRequest.Data, next++, data);
        Assert.AreEqual(0, bench.Ask(LinkRequest.Revert, next++, bench.Model)[0]);
        Assert.AreEqual((byte)RequestStatus.NoUpload, bench.Ask(LinkRequest.Data, next++, data)[0]);
        Assert.AreEqual(100, BitConverter.ToInt32(bench.Ask(LinkRequest.Begin, next++, begin), 1));
    }

    [TestMethod]
    public void ConfirmAndRevertNameTheirModelAndAnyOtherLengthIsABadRequest()
    {
        ServerBench bench = new();
        bench.Hello();
        int next = 101;
        byte[] name = [1, 2, 3, 4, 5, 6, 7, 0x88];
        for (int length = 0; length < 12; length++)
        {
            byte[] data = [.. name, 0, 0, 0, 0];
            Assert.AreEqual(length == 9 ? 0 : (int)RequestStatus.BadRequest, bench.Ask(LinkRequest.Confirm, next++, data[..length])[0], $"CONFIRM of {length} bytes");
            Assert.AreEqual(length == 8 ? 0 : (int)RequestStatus.BadRequest, bench.Ask(LinkRequest.Revert, next++, data[..length])[0], $"REVERT of {length} bytes");
        }

        Assert.AreEqual(1, bench.Board.CallsOf("Confirm"));
        Assert.AreEqual(1, bench.Board.CallsOf("Revert"));
        Assert.AreEqual(0, bench.Ask(LinkRequest.Confirm, next++, [.. name, 1])[0]);
        Assert.AreEqual((0x04030201u, 0x88070605u, true), bench.Board.Named);
        CollectionAssert.AreEqual(BadRequest, bench.Ask(LinkRequest.Confirm, next++, [.. name, 2]), "a flag that this version does not know");
        bench.Ask(LinkRequest.Revert, next++, name);
        Assert.AreEqual((0x04030201u, 0x88070605u, false), bench.Board.Named);
    }

    [TestMethod]
    public void ADecisionAboutAnotherModelIsRefusedWithTheOneThatRuns()
    {
        ServerBench bench = new(new Bench());
        bench.Hello();
        int next = bench.Upload(Bench.Identity(1, 100).Bytes, 101);
        byte[] first = bench.Model;
        next = bench.Upload(Bench.Identity(2, 100).Bytes, next);
        byte[] refusal = [(byte)RequestStatus.WrongModel, (byte)ModelState.Test, 2, 0, 0, 0];
        CollectionAssert.AreEqual(refusal, bench.Ask(LinkRequest.Confirm, next++, [.. first, 1]), "the first host's confirm");
        CollectionAssert.AreEqual(refusal, bench.Ask(LinkRequest.Revert, next++, first));
        Assert.AreEqual(0, bench.Ask(LinkRequest.Confirm, next, [.. bench.Model, 0])[0], "the other one, which has run long enough");
    }

    [TestMethod]
    public void AHostOfAnotherVersionIsToldTheBoardsAndSaysWhichSideIsOlder()
    {
        ProtocolText.Says("A board of this version takes 2 from lowest to highest, and nothing else.");
        ProtocolText.Says("version of the frame, 1: the same in every version of the protocol");
        byte[] refusal = [(byte)RequestStatus.Version, 2, 2, 0, 0, 0];
        ServerBench bench = new();
        CollectionAssert.AreEqual(refusal, bench.Hello(lowest: 1, highest: 1));
        CollectionAssert.AreEqual(refusal, bench.Hello(lowest: 3, highest: 9));
        Assert.AreEqual(0, bench.Hello(lowest: 1, highest: 9)[0]);
        StringAssert.StartsWith(RequestStatusText.Describe(LinkRequest.Hello, RequestStatus.Version, 1, 1), "The board's firmware is older than this program");
        StringAssert.StartsWith(RequestStatusText.Describe(LinkRequest.Hello, RequestStatus.Version, 3, 4), "The board's firmware is newer than this program");
    }

    [TestMethod]
    public void HelloEndsTheLiveEventsOfTheSessionBefore()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Ask(LinkRequest.Subscribe, 101, [1, 0]);
        bench.Board.InferenceCount = 1;
        Assert.IsNotEmpty(bench.Run());
        Assert.AreEqual(LinkProtocol.LiveEvent, bench.Type);
        bench.Hello(200, 99);
        bench.Board.InferenceCount = 2;
        Assert.IsEmpty(bench.Run());
    }

    private static byte[] Part(int first, int total, params int[] inputs) =>
        [.. BitConverter.GetBytes((ushort)first), .. BitConverter.GetBytes((ushort)total), .. inputs.SelectMany(BitConverter.GetBytes)];
}
