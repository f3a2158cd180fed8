// A search written for one specification alone, Gray and Lamport's TwoPhase: one 64-bit word a state, open addressing. It is the
// floor under what any general checker can reach, not a peer. Built by bench/peers/run.sh.
// usage: tpc_bfs N [threads=1] [log2slots=auto] [hugepages=1] [prefetch=1] [log2 of duplicate-filter entries per thread=0 (off)]
// layout: A = bits 0..14, B = bits 16..30, tmPrepared = bits 32..46, msgPrepared = bits 48..59 (N<=12)
//   bit 15 = always 1 (so that 0 is the empty slot), tm: bit 60 committed, bit 61 aborted, bit 62 Commit msg, bit 63 Abort msg
//   rm: working=00 prepared=01(A) committed=10(B) aborted=11(A,B)
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <thread>
#include <atomic>
#include <chrono>
#include <sys/mman.h>
#include <sys/resource.h>
typedef uint64_t u64; typedef uint32_t u32;
static double now(){return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();}
static const u64 VALID=1ull<<15, TMC=1ull<<60, TMA=1ull<<61, MC=1ull<<62, MA=1ull<<63;
static inline u64 mix(u64 x){ x*=0x9E3779B97F4A7C15ull; x^=x>>32; x*=0xD6E8FEB86659FD93ull; x^=x>>29; return x; }
static int N; static u64 FULL;
static u64 *tab; static u64 nslots; static int shiftbits; static int flg=0;
static inline u64 slot_of(u64 s){ return mix(s)>>shiftbits; }
template<bool MT> static inline bool insert(u64 s,u64 i){
  const u64 m=nslots-1;
  for(;;){
    u64 v = MT? __atomic_load_n(&tab[i],__ATOMIC_RELAXED) : tab[i];
    if(v==s) return false;
    if(v==0){
      if(!MT){tab[i]=s;return true;}
      u64 e=0;
      if(__atomic_compare_exchange_n(&tab[i],&e,s,false,__ATOMIC_RELAXED,__ATOMIC_RELAXED)) return true;
      if(e==s) return false;
    }
    i=(i+1)&m;
  }
}
// calls f(succ) for each enabled action instance. self-loops are passed as well (f decides)
template<class F> static inline void succ(u64 s,F&&f){
  u64 A=s&FULL, B=(s>>16)&FULL, P=(s>>32)&FULL, M=(s>>48)&FULL;
  bool init=!(s&(TMC|TMA));
  if(init){
    if(P==FULL) f(s|TMC|MC);
    f(s|TMA|MA);
    for(u64 r=M;r;r&=r-1){ u64 b=r&-r; f(s|(b<<32)); }            // TMRcvPrepared
  }
  for(u64 r=FULL&~(A|B);r;r&=r-1){ u64 b=r&-r;
    f(s|b|(b<<48));                                                // RMPrepare
    f(s|b|(b<<16)); }                                              // RMChooseToAbort
  if(s&MC) for(u64 r=FULL;r;r&=r-1){u64 b=r&-r; f((s&~b)|(b<<16));} // RMRcvCommit
  if(s&MA) for(u64 r=FULL;r;r&=r-1){u64 b=r&-r; f(s|b|(b<<16));}    // RMRcvAbort
}
static inline bool bad(u64 s){ u64 A=s&FULL,B=(s>>16)&FULL; return (A&B) && (B&~A); }
struct Buf{ u64*p; u64 n,cap; };
static u64*bigalloc(u64 bytes,bool huge){ void*p=mmap(0,bytes,PROT_READ|PROT_WRITE,MAP_PRIVATE|MAP_ANONYMOUS|MAP_NORESERVE,-1,0); if(p==MAP_FAILED){perror("mmap");exit(2);} if(huge) madvise(p,bytes,MADV_HUGEPAGE); return (u64*)p; }
struct Stat{ u64 newst=0,trans=0,self=0,viol=0,filt=0; std::vector<u64> fc; char pad[64]; };
template<bool MT,bool PF> static void work(const u64*cur,u64 ncur,std::atomic<u64>&next_i,u64*out,std::atomic<u64>&out_n,Stat&st){
  enum{RING=32, CH=4096, OB=1024};
  u64 rs[RING], ri[RING]; unsigned h=0; u64 inring=0;
  u64 ob[OB]; unsigned on=0; u64 trans=0,self=0,nw=0,viol=0,filt=0; u64*fc=st.fc.empty()?nullptr:st.fc.data(); const u64 fm=(1ull<<flg)-1;
  auto flush=[&]{ u64 o=out_n.fetch_add(on,std::memory_order_relaxed); memcpy(out+o,ob,on*8); on=0; };
  auto emit=[&](u64 t,u64 i){ if(insert<MT>(t,i)){ nw++; if(__builtin_expect(bad(t),0)) viol++; ob[on++]=t; if(on==OB) flush(); } };
  for(;;){
    u64 a=MT?next_i.fetch_add(CH,std::memory_order_relaxed):0; if(a>=ncur) break; u64 e=MT?(a+CH<ncur?a+CH:ncur):ncur;
    for(u64 k=a;k<e;k++){ u64 s=cur[k];
      succ(s,[&](u64 t){ trans++; if(t==s){self++;return;}
        u64 hh=mix(t); u64 i=hh>>shiftbits;
        if(fc){ u64&x=fc[hh&fm]; if(x==t){filt++;return;} x=t; }
        if(PF){ __builtin_prefetch(&tab[i],1,0);
          if(inring==RING){ emit(rs[h],ri[h]); } else inring++;
          rs[h]=t; ri[h]=i; h=(h+1)%RING; }
        else emit(t,i);
      });
    }
    if(!MT) break;
  }
  if(PF){ unsigned b=(h+RING-inring)%RING; while(inring--){ emit(rs[b],ri[b]); b=(b+1)%RING; } }
  flush(); st.newst+=nw; st.trans+=trans; st.self+=self; st.viol+=viol; st.filt+=filt;
}
int main(int c,char**v){
  N=c>1?atoi(v[1]):5; int T=c>2?atoi(v[2]):1; int lg=c>3?atoi(v[3]):0; bool huge=c>4?atoi(v[4]):1; bool pf=c>5?atoi(v[5]):1; flg=c>6?atoi(v[6]):0;
  FULL=(1ull<<N)-1; double ex=0; {double a=1,b=1,d=1; for(int i=0;i<N;i++){a*=4;b*=6;d*=2;} ex=a+b+d;}
  if(!lg){ lg=10; while((1ull<<lg)*0.75<ex) lg++; }
  nslots=1ull<<lg; shiftbits=64-lg;
  double t0=now();
  tab=bigalloc(nslots*8,huge);
  u64 fcap=(u64)(ex*(N>=9?0.30:1.0))+65536;
  u64*cur=bigalloc(fcap*8,huge),*nxt=bigalloc(fcap*8,huge);
  std::vector<Stat> st(T); if(flg) for(auto&x:st) x.fc.assign(1ull<<flg,0);
  u64 s0=VALID; insert<false>(s0,slot_of(s0)); cur[0]=s0; u64 nc=1,total=1,depth=0,maxf=1;
  while(nc){
    std::atomic<u64> ni{0},on{0};
    if(T==1){ if(pf) work<false,true>(cur,nc,ni,nxt,on,st[0]); else work<false,false>(cur,nc,ni,nxt,on,st[0]); }
    else { std::vector<std::thread> th; for(int i=0;i<T;i++) th.emplace_back([&,i]{ if(pf) work<true,true>(cur,nc,ni,nxt,on,st[i]); else work<true,false>(cur,nc,ni,nxt,on,st[i]); }); for(auto&x:th) x.join(); }
    nc=on; total+=nc; if(nc) depth++; if(nc>maxf) maxf=nc; if(maxf>fcap){puts("frontier overflow");return 3;}
    // drop the old frontier's pages only through reuse
    std::swap(cur,nxt);
  }
  double t=now()-t0; u64 tr=0,se=0,vi=0,fi=0; for(auto&x:st){tr+=x.trans;se+=x.self;vi+=x.viol;fi+=x.filt;}
  struct rusage ru; getrusage(RUSAGE_SELF,&ru);
  printf("N=%d thr=%d slots=2^%d(%.2f GB, load %.2f) huge=%d pf=%d filter=2^%d(%.1f%% of probes) states=%lu formula=%.0f trans=%lu self=%lu depth=%lu maxfrontier=%lu viol=%lu t=%.3fs states/s=%.2fM trans/s=%.1fM rss=%.1fMiB B/state=%.1f\n",
   N,T,lg,nslots*8/1e9,(double)total/nslots,huge,pf,flg,100.0*fi/(tr-se?tr-se:1),total,ex,tr,se,depth,maxf,vi,t,total/t/1e6,tr/t/1e6,ru.ru_maxrss/1024.0,ru.ru_maxrss*1024.0/total);
}
