import type { ClientBase, Pool } from 'pg';

type Superuser = Pick<Pool | ClientBase, 'query'>;

/** Writes down every move of a checkpoint, in the order in which they are made, and counts those that are refused since another owns the view. */
export const watchMoves = (superuser: Superuser): Promise<unknown> =>
  superuser.query(`
    create schema watched;
    create table watched.moves (nth bigserial primary key, view text not null, epoch bigint not null, position bigint not null);
    create sequence watched.refused;
    create function watched.note() returns trigger language plpgsql security definer set search_path = '' as $$ begin
      insert into watched.moves (view, epoch, position) values (new.view, new.epoch, new.position);
      return new;
    end $$;
    create function watched.count_refused() returns trigger language plpgsql security definer set search_path = '' as $$ begin
      if current_query() like 'update views.checkpoints set position = %' and not exists (select from moved) then
        perform nextval('watched.refused'); -- outlives the transaction, which is taken back
      end if;
      return null;
    end $$;
    create trigger note after update on views.checkpoints for each row execute function watched.note();
    create trigger count_refused after update on views.checkpoints referencing new table as moved for each statement execute function watched.count_refused();`);

/** How many writes were refused so far. */
export const refusedMoves = async (superuser: Superuser): Promise<number> => {
  const { rows } = await superuser.query<{ count: number }>('select case when is_called then last_value else 0 end::integer as count from watched.refused');
  return rows[0]?.count ?? 0;
};

/** Moves that go back: by an epoch that was over, or to a position that was passed. And how many there were in all. */
export const movesBack = async (superuser: Superuser): Promise<{ readonly counted: number; readonly back: readonly object[] }> => {
  const { rows } = await superuser.query(`
    select * from (select nth, view, epoch, position, lag(epoch) over same as epoch_before, lag(position) over same as position_before
      from watched.moves window same as (partition by view order by nth)) moves
    where epoch < epoch_before or position < position_before`);
  const counted = await superuser.query<{ count: number }>('select count(*)::integer as count from watched.moves');
  return { counted: counted.rows[0]?.count ?? 0, back: rows as readonly object[] };
};
